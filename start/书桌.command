#!/bin/sh
# macOS：双击打开书桌。
exec "$(dirname "$0")/desk.sh"
