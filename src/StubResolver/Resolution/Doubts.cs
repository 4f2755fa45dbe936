namespace StubResolver.Resolution;

/// <summary>Why a reply over UDP does not count before TCP was asked.</summary>
[Flags]
internal enum Doubts
{
    /// <summary>It counts.</summary>
    None = 0,

    /// <summary>It does not repeat the letter case that was sent.</summary>
    LetterCase = 1,

    /// <summary>It does not repeat our cookie, and its server is known to.</summary>
    Cookie = 2,

    /// <summary>It is negative, and what follows its answer section cannot be read.</summary>
    Remainder = 4,
}
