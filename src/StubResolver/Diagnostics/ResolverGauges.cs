using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;

namespace StubResolver.Diagnostics;

/// <summary>The gauges of one meter, summed over the resolvers that share it. Thread-safe; holds resolvers weakly, as a meter outlives them.</summary>
internal sealed class ResolverGauges
{
    // An instrument cannot be taken from its meter again: one set a meter, however many resolvers come and go.
    private static readonly ConditionalWeakTable<Meter, ResolverGauges> s_ofMeters = [];

    private readonly Lock _gate = new();
    private readonly List<WeakReference<ResolverMetrics>> _resolvers = [];

    private ResolverGauges(Meter meter)
    {
        meter.CreateObservableUpDownCounter("stubresolver.cache.names", () => Sum(gauges => gauges.CachedNames()), "{name}", "Names in the cache.");
        meter.CreateObservableUpDownCounter(
            "stubresolver.questions.in_flight", () => Sum(gauges => gauges.QuestionsInFlight()), "{question}", "Questions that servers are being asked.");
        meter.CreateObservableUpDownCounter(
            "stubresolver.questions.waiting", () => Sum(gauges => gauges.QuestionsWaiting()), "{question}", "Questions that wait until others are done.");
        meter.CreateObservableUpDownCounter(
            "stubresolver.tcp.connections", () => Alive().Sum(resolver => resolver.OpenConnections), "{connection}", "TCP connections that are open.");
    }

    public static ResolverGauges For(Meter meter) => s_ofMeters.GetValue(meter, static meter => new ResolverGauges(meter));

    public void Add(ResolverMetrics resolver)
    {
        lock (_gate)
        {
            _resolvers.RemoveAll(reference => !reference.TryGetTarget(out _));
            _resolvers.Add(new WeakReference<ResolverMetrics>(resolver));
        }
    }

    private long Sum(Func<GaugeSources, long> read) => Alive().Sum(resolver => resolver.Gauges is { } gauges ? read(gauges) : 0);

    private List<ResolverMetrics> Alive()
    {
        List<ResolverMetrics> alive = [];
        lock (_gate)
        {
            foreach (WeakReference<ResolverMetrics> reference in _resolvers)
            {
                if (reference.TryGetTarget(out ResolverMetrics? resolver))
                {
                    alive.Add(resolver);
                }
            }
        }

        return alive;
    }
}
