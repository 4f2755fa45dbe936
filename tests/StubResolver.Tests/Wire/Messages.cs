namespace StubResolver.Tests.Wire;

/// <summary>Parts of replies about www.test, and whole valid ones to cut and to mutate.</summary>
internal static class Messages
{
    /// <summary>The question www.test A IN behind a header: 26 octets with it, so that the first record begins at 0x1A.</summary>
    public const string Question = "03 777777 04 74657374 00 0001 0001";

    /// <summary>www.test 300 A 192.0.2.1, its RDATA at 0x26.</summary>
    public const string A = "C00C 0001 0001 0000012C 0004 C0000201";

    /// <summary>www.test 300 CNAME a.test, its RDATA at 0x26.</summary>
    public const string CName = "C00C 0005 0001 0000012C 0004 0161 C010";

    /// <summary>test 600 SOA ns.test hm.test 1 2 3 4 60.</summary>
    public const string Soa = "C010 0006 0001 00000258 001E 026E73 C010 02686D C010 00000001 00000002 00000003 00000004 0000003C";

    /// <summary>test 600 NS ns.test.</summary>
    public const string Ns = "C010 0002 0001 00000258 0005 026E73 C010";

    /// <summary>An OPT record without options.</summary>
    public const string Opt = "00 0029 04D0 00000000 0000";

    public static readonly string[] Valid =
    [
        Reply(answer: A),
        Reply(answer: A + A + A, answers: 3),
        Reply(answer: A, additional: Opt),
        Reply(answer: "C00C 001C 0001 0000012C 0010 20010DB8000000000000000000000001", additional: Opt),
        Reply(answer: CName + "C026 0001 0001 0000003C 0004 C0000202", answers: 2),
        Reply(answer: "C00C 0005 0001 0000012C 0003 0161 00" + "0161 00 0001 0001 0000003C 0004 C0000202", answers: 2),
        Reply(answer: "C00C 000F 0001 0000012C 0006 000A 0161 C010" + "C00C 000F 0001 0000012C 0003 0000 00", answers: 2),
        Reply(answer: "C00C 0010 0001 0000012C 0009 03 616263 00 03 C3BC FF"),
        Reply(answer: "C00C 0021 0001 0000012C 000E 0001 0002 01BB 0161 04 74657374 00"),
        Reply(answer: "C00C 0021 0001 0000012C 000A 0001 0002 01BB 0161 C010"),
        Reply(answer: "C00C 000C 0001 0000012C 0002 C010" + Ns, answers: 2),
        Reply(answer: "C010 0027 0001 0000012C 0009 07 6578616D706C65 00"),
        Reply(answer: "C00C 0101 0001 0000012C 0008 00 05 6973737565 3B"),
        Reply(answer: "C00C FFFF 0001 0000012C 0000"),
        Reply(answer: "C00C 0010 0003 00000000 0006 05 68656C6C6F" + A, answers: 2),
        Reply(flags: "8583", authority: Soa, additional: Opt),
        Reply(authority: Ns, additional: "026E73 C010 0001 0001 00000258 0004 C0000235" + Opt, additionals: 2),
        Reply(answer: Soa),
        Reply(flags: "8380", answer: A + "C00C 0001", answers: 2),
        Reply(flags: "8187", additional: "00 0029 04D0 01000000 0032"
            + "000A 0018 0102030405060708 1112131415161718191A1B1C1D1E1F20 000B 0002 0064 000F 0006 0016 6C6F7374 000F 0002 0003"),
    ];

    /// <summary>Returns a reply in hex; the counts follow from what is given.</summary>
    public static string Reply(
        string answer = "", string authority = "", string additional = "", string flags = "8180", int? answers = null, int? additionals = null) =>
        $"1234 {flags} 0001 {answers ?? Count(answer):X4} {Count(authority):X4} {additionals ?? Count(additional):X4}"
        + Question + answer + authority + additional;

    private static int Count(string section) => section.Length == 0 ? 0 : 1;
}
