using System.Diagnostics.Metrics;

namespace StubResolver.Tests.Diagnostics;

/// <summary>Makes meters that no other test hears.</summary>
internal sealed class TestMeterFactory : IMeterFactory, IAsyncDisposable
{
    private readonly List<Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        Meter? known = _meters.Find(meter => meter.Name == options.Name);
        if (known is not null)
        {
            return known;
        }

        options.Scope = this;
        Meter meter = new(options);
        _meters.Add(meter);
        return meter;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _meters.ForEach(meter => meter.Dispose());
}
