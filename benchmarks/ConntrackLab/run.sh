#!/usr/bin/env bash
# Reproduces the race in which connection tracking loses one of two queries, and counts who runs into it.
# Usage, as root: run.sh [LOOKUPS] [CALLERS] [HOLD_MICROSECONDS]
# Needs: iproute2 iptables conntrack libnetfilter-queue-dev cc dotnet. Everything lives in namespaces that are removed at the end.
set -euo pipefail

lookups=${1:-1600} callers=${2:-16} hold=${3:-1000}
here=$(cd "$(dirname "$0")" && pwd)
project=$here/../StubResolver.Benchmarks
program=$project/bin/Release/net10.0/StubResolver.Benchmarks
work=$(mktemp -d)
lab=lab$$
pod=$lab-pod node=$lab-node dns=$lab-dns
started=()

clean_up() {
    for id in "${started[@]}"; do kill "$id" 2>/dev/null || true; done
    for namespace in "$pod" "$node" "$dns"; do ip netns delete "$namespace" 2>/dev/null || true; done
    rm -rf "$work"
}
trap clean_up EXIT

for tool in ip iptables conntrack cc dotnet; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 1; }
done
cc -O2 -Wall -o "$work/hold" "$here/hold.c" -lnetfilter_queue
[[ -n ${SKIP_BUILD-} ]] || dotnet build -c Release -v q "$project" >&2

# pod 10.1.0.2 -- 10.1.0.1 node 10.2.0.1 -- dns 10.2.0.11, .12, .13
for namespace in "$pod" "$node" "$dns"; do
    ip netns add "$namespace"
    ip -n "$namespace" link set lo up
done
ip -n "$pod" link add eth0 type veth peer name pod0 netns "$node"
ip -n "$dns" link add eth0 type veth peer name dns0 netns "$node"
ip -n "$pod" address add 10.1.0.2/24 dev eth0
ip -n "$node" address add 10.1.0.1/24 dev pod0
ip -n "$node" address add 10.2.0.1/24 dev dns0
for backend in 11 12 13; do ip -n "$dns" address add "10.2.0.$backend/24" dev eth0; done
for end in "$pod eth0" "$node pod0" "$node dns0" "$dns eth0"; do read -r namespace device <<<"$end"; ip -n "$namespace" link set "$device" up; done
ip -n "$pod" route add default via 10.1.0.1
ip -n "$dns" route add default via 10.2.0.1
ip netns exec "$node" sysctl -qw net.ipv4.ip_forward=1

# Two service addresses, each with three backends at random, as kube-proxy writes it; queries are held where packets are forwarded.
for service in 10.96.0.10 10.96.0.11; do
    ip netns exec "$node" iptables -t nat -A PREROUTING -d $service -p udp --dport 53 -m statistic --mode random --probability 0.33333 -j DNAT --to-destination 10.2.0.11
    ip netns exec "$node" iptables -t nat -A PREROUTING -d $service -p udp --dport 53 -m statistic --mode random --probability 0.5 -j DNAT --to-destination 10.2.0.12
    ip netns exec "$node" iptables -t nat -A PREROUTING -d $service -p udp --dport 53 -j DNAT --to-destination 10.2.0.13
done
ip netns exec "$node" iptables -t mangle -A FORWARD -i pod0 -p udp --dport 53 -j NFQUEUE --queue-num 1

ip netns exec "$node" "$work/hold" 1 "$hold" >"$work/hold.out" & started+=($!)
mkfifo "$work/server.in"
ip netns exec "$dns" "$program" serve --listen 10.2.0.11:53,10.2.0.12:53,10.2.0.13:53 <"$work/server.in" >"$work/server.out" & started+=($!)
exec 9>"$work/server.in" # the server ends with its input
for output in hold.out server.out; do
    for _ in {1..100}; do grep -q ready "$work/$output" && break; sleep 0.1; done
    grep -q ready "$work/$output" || { echo "${output%.out} did not start" >&2; exit 1; }
done

count_clashes() {
    ip netns exec "$node" conntrack -S | tr ' ' '\n' | awk -F= '$1 == "clash_resolve" || $1 == "insert_failed" || $1 == "drop" { sum += $2 } END { print sum + 0 }'
}

printf 'nameserver 10.96.0.10\n' >"$work/resolv.conf"
echo "$lookups lookups, $callers at a time, queries held $hold µs, Linux $(uname -r)"
echo "| client | clashes per 1,000 lookups | addresses/lookup | errors | p99 ms | max ms |"
echo "|---|---:|---:|---:|---:|---:|"
for client in stub stub-parallel stub-hedged dnsclient system; do
    before=$(count_clashes)
    # shellcheck disable=SC2016 # the inner shell expands these
    line=$(ip netns exec "$pod" sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' "$work/resolv.conf" \
        "$program" client --client "$client" --server 10.96.0.10:53,10.96.0.11:53 --concurrency "$callers" --lookups "$lookups" --prefix "$client" | grep '^measured')
    after=$(count_clashes)
    echo "$line" | tr ' ' '\n' | awk -F= -v client="$client" -v clashes=$((after - before)) '{ v[$1] = $2 } END {
        printf "| %s | %.0f | %.2f | %d | %.1f | %.1f |\n", client, 1000 * clashes / v["lookups"], v["addresses"] / v["lookups"], v["errors"], v["p99_us"] / 1000, v["max_us"] / 1000 }'
done
