namespace StubResolver.Resolution;

/// <summary>The kinds of <see cref="AddressLookupStep"/>.</summary>
internal enum AddressLookupStepKind
{
    /// <summary>Ask for AAAA.</summary>
    AskAaaa,

    /// <summary>Ask for A.</summary>
    AskA,

    /// <summary>Ask for A, with one transmission per server: AAAA has brought what is needed.</summary>
    AskABriefly,

    /// <summary>Wait until a moment or an outcome.</summary>
    Wait,

    /// <summary>Take what there is.</summary>
    Finish,
}
