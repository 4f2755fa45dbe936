namespace StubResolver.Tests.Scenarios;

/// <summary>How a storm of lookups ended, and what the process has open after it.</summary>
/// <param name="Answered">The lookups that were answered.</param>
/// <param name="Failed">The lookups that failed.</param>
/// <param name="Cancelled">The lookups that were cancelled.</param>
/// <param name="Slots">The slots that are taken.</param>
/// <param name="SocketsBefore">The sockets before the storm.</param>
/// <param name="MostSockets">The most sockets meanwhile.</param>
/// <param name="Sockets">The sockets after it.</param>
/// <param name="RentedBuffers">The buffers that were rented in all.</param>
/// <param name="Buffers">The buffers that did not come back.</param>
/// <param name="TimersBefore">The timers before the storm.</param>
/// <param name="Timers">The timers after it.</param>
internal sealed record LeakResult(
    int Answered,
    int Failed,
    int Cancelled,
    int Slots,
    int SocketsBefore,
    int MostSockets,
    int Sockets,
    int RentedBuffers,
    int Buffers,
    long TimersBefore,
    long Timers);
