using System.Diagnostics.Metrics;

namespace StubResolver.Tests.Diagnostics;

/// <summary>A listener to instruments whose callback throws at each measurement.</summary>
internal sealed class ThrowingListener : IDisposable
{
    private readonly MeterListener _listener;
    private int _calls;

    /// <param name="meters">Whose instruments.</param>
    /// <param name="instruments">The names; all when empty.</param>
    public ThrowingListener(TestMeterFactory meters, params string[] instruments)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && (instruments.Length == 0 || instruments.Contains(instrument.Name)))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _listener.SetMeasurementEventCallback<long>((_, _, _, _) => Throw());
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) => Throw());
        _listener.Start();
    }

    /// <summary>Gets what is thrown.</summary>
    public Exception Exception { get; init; } = new NotFiniteNumberException("the listener's");

    /// <summary>Gets how often it was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public void Dispose() => _listener.Dispose();

    private void Throw()
    {
        Interlocked.Increment(ref _calls);
        throw Exception;
    }
}
