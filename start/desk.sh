#!/bin/sh
# 双击打开书桌：准备环境（只有第一次要等），选一个文件夹，在浏览器里打开。Linux 和 macOS 通用。
cd "$(dirname "$0")/.." || exit 1

stop() { # 出了错，窗口先不关，好看清楚
  printf '\n按回车键关闭。'
  read -r _
  exit 1
}

python=
for name in python3 python3.14 python3.13 python3.12 python3.11 /opt/homebrew/bin/python3 /usr/local/bin/python3; do
  if command -v "$name" >/dev/null && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    python=$name
    break
  fi
done
if [ -z "$python" ]; then
  echo '这台电脑没有 Python 3.11 或更新的版本。'
  echo '  改法：Linux 用软件中心或包管理器安装 python3；macOS 从 Homebrew 安装：brew install python pango'
  stop
fi

"$python" booklet/bootstrap.py || stop

# 选文件夹：有对话框就用对话框，没有就用“文稿/文集”
folder=${1:-}
if [ -z "$folder" ]; then
  words='选一个文件夹放这本书（可以是空的）'
  if [ "$(uname)" = Darwin ]; then
    folder=$(osascript -e "POSIX path of (choose folder with prompt \"$words\")" 2>/dev/null) || exit 0
  elif command -v zenity >/dev/null; then
    folder=$(zenity --file-selection --directory --title="$words" 2>/dev/null) || exit 0
  elif command -v kdialog >/dev/null; then
    folder=$(kdialog --title "$words" --getexistingdirectory "$HOME" 2>/dev/null) || exit 0
  else
    folder=$HOME/文集
  fi
fi
.venv/bin/python -m booklet desk -- "$folder" || stop
