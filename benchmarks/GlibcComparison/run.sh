#!/usr/bin/env bash
# Looks hundreds of names up with getaddrinfo (System.Net.Dns) and with StubResolver, under several resolv.conf files, and explains where they differ.
# Usage, as root: run.sh. Exit code 1: a difference that differences.txt does not explain, or one that it explains and that is none.
# Needs: iproute2 util-linux knot dotnet. Everything lives in namespaces of its own, in which only the loopback interface is up.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)

compare() {
    local work=$1 code=0 server program=$here/bin/Release/net10.0/GlibcComparison
    hostname pod
    ip link set lo up
    ip address add 2001:db8::100/128 dev lo # an address that leaves the host, so that IPv6 is asked for
    mount -t tmpfs none "$work"
    printf 'hosts: files dns\n' >"$work/nsswitch.conf"
    printf 'multi on\n' >"$work/host.conf"
    cp "$here/hosts" "$work/hosts"
    touch "$work/resolv.conf"
    for file in nsswitch.conf host.conf hosts resolv.conf; do mount --bind "$work/$file" "/etc/$file"; done
    sed "s|@WORK@|$work|; s|@HERE@|$here|" "$here/knot.conf" >"$work/knot.conf"
    knotc -c "$work/knot.conf" zone-check
    knotd -c "$work/knot.conf" &
    server=$!
    for _ in {1..100}; do [[ -n $(ss -Hltn 'sport = :53') ]] && break; sleep 0.1; done

    "$program" compare "$here" "$work/results" kubernetes plain company domain options tcp no-aaaa root-in-list misbehaving
    RES_OPTIONS="ndots:3 attempts:1" LOCALDOMAIN="svc.cluster.local corp.test" "$program" compare "$here" "$work/results" environment=kubernetes
    ip address del 2001:db8::100/128 dev lo
    "$program" compare "$here" "$work/results" without-ipv6=company
    "$program" report "$here" "$work/results" || code=$?
    kill $server && wait $server || true
    return $code
}

if [[ ${1-} == --inside ]]; then
    compare "$2"
    exit
fi

for tool in ip ss knotd unshare dotnet; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 1; }
done
[[ -n ${SKIP_BUILD-} ]] || dotnet build -c Release -v q "$here" >&2
work=$(mktemp -d)
unshare --net --mount --uts --pid --fork --mount-proc --kill-child "$0" --inside "$work" &
inside=$!
trap 'kill $inside 2>/dev/null || true; rmdir "$work"' EXIT
trap 'exit 1' INT TERM
wait $inside
