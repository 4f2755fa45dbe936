namespace StubResolver.Transport;

/// <summary>A transmission under way.</summary>
internal interface ITransmission
{
    /// <summary>Ends the transmission; it posts nothing more that counts. Call it exactly once, also after its last event.</summary>
    void Stop();

    /// <summary>Tells that one try's time went by since <paramref name="sentAt"/> without a reply: a silent TCP connection is given up (RFC 7766 §6.2.4).</summary>
    void OnTryOver(long sentAt);
}
