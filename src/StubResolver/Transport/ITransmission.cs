namespace StubResolver.Transport;

/// <summary>A transmission under way.</summary>
internal interface ITransmission
{
    /// <summary>Ends the transmission; it posts nothing more that counts. Call it exactly once, also after its last event.</summary>
    void Stop();

    /// <summary>Tells that the time of a whole try went by without a reply: a TCP connection that was silent all the while is given up (RFC 7766 §6.2.4).</summary>
    /// <param name="tryStartedAt">The timestamp of the try's beginning.</param>
    void OnTryOver(long tryStartedAt);
}
