#!/usr/bin/env bash
# Makes Debian packages of what is published here: rtpproxy (relay, tools, rtpproxyctl, rtpproxywatch) and rtpproxy-sipedge.
# Two runs on one commit make the same bytes.
#
#   ./package.sh [--from DIR] [--version VERSION] [DIR]
#
#   --from DIR         executables that ./publish.sh has put there; without it they are published first
#   --version VERSION  another version of the packages than .ci/version says
#   DIR                where the packages go (default: artifacts/packages)
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
from=
version=
output=$root/artifacts/packages
while [[ $# -gt 0 ]]; do
  case $1 in
    --from | --version)
      [[ $# -ge 2 ]] || { echo "package.sh: $1 needs a value" >&2; exit 1; }
      [[ $1 == --from ]] && from=$2 || version=$2
      shift 2
      ;;
    -*) sed -n '2,/^set /s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 1 ;;
    *) output=$1; shift ;;
  esac
done

# dpkg-shlibdeps says which C library is needed.
"$root/.ci/install" dpkg-dev gzip xz-utils

work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
if [[ -z $from ]]; then
  from=$work/published
  "$root/publish.sh" "$from" >/dev/null
fi

version=${version:-$("$root/.ci/version" --debian)}
# Before the version: distributions and others have packages of RTPproxy 1.2 to 3.2 under the same name, which must not be newer.
epoch=1
architecture=$(dpkg --print-architecture)
# The time of everything in the packages; without git that of the newest entry of the changelog's file.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/CHANGELOG.md")}
export SOURCE_DATE_EPOCH DPKG_DEB_COMPRESSOR_TYPE=${DPKG_DEB_COMPRESSOR_TYPE:-xz}
umask 022

# NAME FILE…: copies the executables, and their manual pages, into a package.
programs() {
  local tree=$work/$1 program page
  shift
  install -d -- "$tree/usr/bin"
  for program in "$@"; do
    install -m 0755 -- "$from/$program" "$tree/usr/bin/$program"
    for page in "$root/docs/man/$program".[18]; do
      [[ -e $page ]] || continue
      install -d -- "$tree/usr/share/man/man${page##*.}"
      gzip -9n <"$page" >"$tree/usr/share/man/man${page##*.}/${page##*/}.gz"
    done
  done
}

# NAME SOURCE TARGET: a file of packaging/NAME.
file() {
  install -D -m 0644 -- "$root/packaging/$1/$2" "$work/$1/$3"
}

# NAME: the scripts, what dpkg wants to know, and the papers; then the package itself.
finish() {
  local name=$1 tree=$work/$1 papers=$work/$1/usr/share/doc/$1
  install -D -m 0644 -- "$root/packaging/copyright" "$papers/copyright"
  gzip -9n <"$root/CHANGELOG.md" >"$papers/NEWS.gz"
  gzip -9n >"$papers/changelog.gz" <<END
$name ($epoch:$version) unstable; urgency=medium

  * What has changed is told in NEWS.gz.

 -- $(sed -n 's/^Maintainer: //p' "$root/packaging/$name/control")  $(date -u -R -d "@$SOURCE_DATE_EPOCH")
END

  install -d -- "$tree/DEBIAN"
  (cd -- "$tree" && find etc -type f -printf '/%p\n' | sort) >"$tree/DEBIAN/conffiles"
  (cd -- "$tree" && find . -path ./DEBIAN -prune -o -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' md5sum) >"$tree/DEBIAN/md5sums"
  for script in preinst postinst prerm postrm; do
    [[ ! -e $root/packaging/$name/$script ]] || install -m 0755 -- "$root/packaging/$name/$script" "$tree/DEBIAN/$script"
  done
  sed -e "s/@EPOCH@/$epoch/" -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@LIBRARIES@/$(libraries "$tree")/" \
    -e "s/@SIZE@/$(size "$tree")/" "$root/packaging/$name/control" >"$tree/DEBIAN/control"
  chmod -R u=rwX,go=rX "$tree"
  mkdir -p -- "$output"
  dpkg-deb --root-owner-group --build "$tree" "$output/${name}_${version}_$architecture.deb"
}

# What a tree takes when it is installed, in KiB, as Debian counts: files rounded up, and one for everything else.
size() {
  find "$1" -path "$1/DEBIAN" -prune -o -printf '%y %s\n' | awk '{ sum += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print sum }'
}

# The libraries that the executables of a tree are linked with, as dependencies.
libraries() {
  mkdir -p "$work/source/debian"
  printf 'Source: rtpproxy\n\nPackage: rtpproxy\nArchitecture: any\n' >"$work/source/debian/control"
  (cd -- "$work/source" && dpkg-shlibdeps -O "$1"/usr/bin/* 2>/dev/null) | sed -n 's/^shlibs:Depends=//p'
}

programs rtpproxy rtpproxy makeann extractaudio rtpproxyctl rtpproxywatch
file rtpproxy default etc/default/rtpproxy
file rtpproxy logrotate etc/logrotate.d/rtpproxy
file rtpproxy rtpproxy.toml etc/rtpproxy/rtpproxy.toml
file rtpproxy rtpproxy.service usr/lib/systemd/system/rtpproxy.service
file rtpproxy rtpproxywatch.service usr/lib/systemd/system/rtpproxywatch.service
file rtpproxy sysusers usr/lib/sysusers.d/rtpproxy.conf
file rtpproxy tmpfiles usr/lib/tmpfiles.d/rtpproxy.conf
file rtpproxy lintian-overrides usr/share/lintian/overrides/rtpproxy
while read -r shell target; do
  install -d -- "$work/rtpproxy/$(dirname "$target")"
  "$from/rtpproxyctl" completion "$shell" >"$work/rtpproxy/$target"
done <<END
bash usr/share/bash-completion/completions/rtpproxyctl
zsh usr/share/zsh/vendor-completions/_rtpproxyctl
fish usr/share/fish/vendor_completions.d/rtpproxyctl.fish
END
finish rtpproxy

programs rtpproxy-sipedge sipedge
install -D -m 0644 -- "$root/samples/sipedge/sipedge.json" "$work/rtpproxy-sipedge/etc/rtpproxy/sipedge.json"
file rtpproxy-sipedge sipedge.service usr/lib/systemd/system/sipedge.service
file rtpproxy-sipedge sysusers usr/lib/sysusers.d/rtpproxy-sipedge.conf
finish rtpproxy-sipedge
