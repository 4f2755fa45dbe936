namespace StubResolver.Resolution;

/// <summary>What a reply means for its question.</summary>
internal enum ReplyVerdict
{
    /// <summary>It is the answer, whoever else could be asked.</summary>
    Accept,

    /// <summary>Another server may know; this one may be asked again later.</summary>
    NextServer,

    /// <summary>Another server may know; this one will not change its mind.</summary>
    ServerIsDone,

    /// <summary>As <see cref="ServerIsDone"/>: the server does not serve the name and says so without saying it.</summary>
    Lame,

    /// <summary>As <see cref="NextServer"/>: the reply contradicts itself.</summary>
    Malformed,

    /// <summary>Ask this server again without EDNS options.</summary>
    RetryWithoutOptions,

    /// <summary>Ask this server again without EDNS.</summary>
    RetryWithoutEdns,

    /// <summary>Ask this server again with the cookie it just gave.</summary>
    RetryWithCookie,
}
