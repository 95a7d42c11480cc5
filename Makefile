# 纪念座谈会发言文集。make 建立环境并排印；make help 列出全部命令。
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
$(error 在 Windows 上请用 WSL，或用另一台 Linux、macOS 电脑：见 docs/windows.md)
endif
BIN = .venv/bin
BOOKLET = $(BIN)/python -m booklet

# What was given reaches the program through the environment: neither make nor a shell reads it again,
# whatever a file that came by mail is called.
# NAMED: a book was named; else verbs that take a finished one take that built last.
NAMED := $(if $(filter undefined,$(origin BOOK)),,yes)
BOOK ?= speeches
override BOOK := $(value BOOK)
override FROM := $(value FROM)
override INTO := $(value INTO)
override FILE := $(value FILE)
override EDITION := $(value EDITION)
override NAMES := $(value NAMES)
export BOOK FROM INTO FILE EDITION NAMES
export PYTHONUTF8 := 1
unexport MAKEFLAGS MAKEOVERRIDES
BOOK_NAMED = $(if $(NAMED),-- "$$BOOK")

COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := build
.PHONY: build desk final sign verify contact check pages trial share copies series import new fonts picture test golden faults fuzz cover proof-sheet bench bundle lock clean help setup setup-dev

build: setup  ## 排印 BOOK（默认 speeches）的全部版本到 build/（EDITION=reading 只排一个）
	@$(BOOKLET) build $(if $(EDITION),--edition "$$EDITION") -- "$$BOOK"

final: setup  ## 排定稿：每个问题都签过字才排；放在 build/…/final-编号/
	@$(BOOKLET) final -- "$$BOOK"

sign: setup  ## 列出定稿以前要看的问题：签字.txt，和可以打印的校对单
	@$(BOOKLET) sign -- "$$BOOK"

verify: setup  ## 查一份成品：make verify FILE=build/…/booklet.pdf
	@$(BOOKLET) verify -- "$$FILE" $(if $(NAMED),"$$BOOK")

desk: setup  ## 在浏览器里做：看书页、改文字、取成品（BOOK=文件夹）
	@$(BOOKLET) desk -- "$$BOOK"

contact: setup  ## 把上次排好的阅读版缩成跨页总览 contact.pdf 和图片
	@$(BOOKLET) contact $(BOOK_NAMED)

check: setup  ## 校对原稿，只列出问题，不排印
	@$(BOOKLET) check -- "$$BOOK"

pages: setup  ## 量一遍排好的阅读版：行尾、标点、字距、孤行、基线
	@$(BOOKLET) check --pages $(BOOK_NAMED)

trial: setup  ## 试印的一张纸 build/booklet-trial.pdf：看打印机怎样翻面
	@$(BOOKLET) build --trial

share: setup  ## 把上次排好的阅读版逐页存成图片，发群用（写了 BOOK= 就先排那一本）
	@$(BOOKLET) share $(BOOK_NAMED)

copies: setup  ## 照名单每份印上名字：make copies NAMES=名单.csv（ONE=1 合成一个文件，FILE= 用定稿）
	@$(BOOKLET) copies $(if $(ONE),--one) $(if $(FILE),--file "$$FILE") -- "$$NAMES" $(if $(NAMED),"$$BOOK")

series: setup  ## 排一个文件夹里的每一本书：make series FROM=文件夹
	@$(BOOKLET) series $(if $(EDITION),--edition "$$EDITION") -- "$$FROM"

import: setup  ## 导入来稿：make import FROM=来稿.docx INTO=文件夹（ACCEPT=1 同意全部修改建议）
	@$(BOOKLET) import $(if $(ACCEPT),--accept) -- "$$FROM" "$$INTO"

review: setup  ## 每篇做一份 Word 发给作者审阅（疑问写成批注）；改好发回：make import FROM=发回的.docx INTO=文件夹
	@$(BOOKLET) review -- "$$BOOK"

new: setup  ## 新建一份空白原稿：make new INTO=文件夹
	@$(BOOKLET) new -- "$$INTO"

fonts: setup  ## 列出各种用途的字体
	@$(BOOKLET) fonts

picture: setup  ## 由两个样本画出 README 的跨页图，不动 build/
	@$(BOOKLET) picture

test: setup-dev  ## 代码检查、类型检查、测试
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/mypy & types=$$!; $(BIN)/pytest && wait $$types

golden: setup-dev  ## 重写测试的样张（重写后请逐行看 git diff）
	@GOLDEN=1 $(BIN)/pytest tests/test_limits.py tests/test_render.py tests/test_golden.py tests/test_rules.py tests/test_prices.py

faults: setup-dev  ## 种下错误的常数，看测试能不能发现
	@$(BIN)/python -m tests.faults

fuzz: setup-dev  ## 喂上千份随机的文稿、Word、网页，看有没有出错（FUZZ=次数）
	@FUZZ=$(or $(FUZZ),3000) $(BIN)/pytest tests/test_fuzz.py

cover: setup-dev  ## 测试走到了哪些行和分支
	@$(BIN)/pytest --cov

proof-sheet: setup-dev  ## 重写 docs/typesetting.md：每条排版规则，排好的 PDF 里做到了没有，和 Typst 并列
	@$(BIN)/python -m bench.proofsheet

bench: setup-dev  ## 各步骤用时
	@$(BIN)/python -m bench.stages "$$BOOK"
	@$(BIN)/python -m bench.composer "$$BOOK"
	@$(BIN)/python -m bench.changed "$$BOOK"
	@$(BIN)/python -m bench.growth

bundle: setup  ## 打一个包 build/booklet-bundle.tar.gz：没有网络的 Linux 电脑，用它一个文件就能装好
	@$(BIN)/python -m booklet.bundle

lock: setup-dev  ## 由 pyproject.toml 重写 requirements*.txt（需要 uv）
	@$(COMPILE) pyproject.toml -o requirements.txt >/dev/null
	@$(COMPILE) --extra dev pyproject.toml -o requirements-dev.txt >/dev/null
	@$(COMPILE) --constraint requirements-dev.txt --extra cluster pyproject.toml -o requirements-cluster.txt >/dev/null
	@sed 's/ .*//' requirements-pip.txt | head -n 1 | $(COMPILE) - -o requirements-pip.txt >/dev/null
	@sed 's/ .*//' requirements-node.txt | head -n 1 | $(COMPILE) - -o requirements-node.txt >/dev/null

clean:  ## 删去排印结果和缓存（不删虚拟环境和字体）
	@rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find booklet tests bench -name __pycache__ -prune -exec rm -rf {} +

help:  ## 本表
	@$(PYTHON) booklet/bootstrap.py --help-make

setup:
	@$(PYTHON) booklet/bootstrap.py

setup-dev:
	@$(PYTHON) booklet/bootstrap.py --dev
