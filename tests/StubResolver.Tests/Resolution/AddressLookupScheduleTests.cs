using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class AddressLookupScheduleTests
{
    private const string NotWanted = nameof(FamilyProgress.NotWanted);
    private const string NotAsked = nameof(FamilyProgress.NotAsked);
    private const string Queued = nameof(FamilyProgress.Queued);
    private const string Pending = nameof(FamilyProgress.Pending);
    private const string Failing = nameof(FamilyProgress.Failing);
    private const string Ended = nameof(FamilyProgress.Ended);
    private const string Reachable = nameof(FamilyProgress.Reachable);
    private const int Infinite = -1;

    public static TheoryData<string, string, int, int, string> Steps => new()
    {
        { NotAsked, NotAsked, 250, 0, "AskAaaa" },
        { NotAsked, NotWanted, 250, 0, "AskAaaa" },
        { NotWanted, NotAsked, 250, 0, "AskA" },
        { Pending, NotAsked, 250, 0, "Wait 250" },
        { Pending, NotAsked, 250, 249, "Wait 250" },
        { Pending, NotAsked, 250, 250, "AskA" },
        { Pending, NotAsked, 0, 0, "AskA" },
        { Pending, NotAsked, Infinite, 9_999, "Wait 10000" },
        { Pending, NotAsked, Infinite, 10_000, "Finish" },
        { Pending, NotAsked, 20_000, 0, "Wait 10000" },
        { Queued, NotAsked, 250, 300, "Wait 10000" },
        { Queued, NotAsked, 0, 0, "AskA" },
        { Queued, NotAsked, 250, 10_000, "Finish" },
        { Queued, Reachable, 250, 300, "Wait 10000" },
        { Reachable, Queued, 250, 5_000, "Wait 10000" },
        { Queued, NotWanted, 250, 300, "Wait 10000" },
        { Queued, Queued, 0, 10_000, "Finish" },
        { Failing, NotAsked, 250, 1, "AskA" },
        { Failing, NotAsked, Infinite, 1, "Wait 10000" },
        { Ended, NotAsked, 250, 1, "AskA" },
        { Ended, NotAsked, Infinite, 1, "AskA" },
        { Reachable, NotAsked, 250, 1, "AskABriefly" },
        { Ended, NotAsked, 250, 10_000, "Finish" },
        { Pending, NotWanted, 250, 300, "Wait 10000" },
        { Ended, NotWanted, 250, 1, "Finish" },
        { NotWanted, Pending, 250, 300, "Wait 10000" },
        { NotWanted, Reachable, 250, 1, "Finish" },
        { Ended, Ended, 250, 1, "Finish" },
        { Reachable, Reachable, 250, 1, "Finish" },
        { Pending, Pending, 250, 300, "Wait 10000" },
        { Pending, Ended, 250, 300, "Wait 10000" },
        { Ended, Pending, 250, 300, "Wait 10000" },
        { Failing, Failing, 250, 300, "Wait 10000" },
        { Failing, Ended, 250, 300, "Wait 10000" },
        { Pending, Pending, 250, 10_000, "Finish" },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void GetNext_FamiliesSoFar_Decides(string aaaa, string a, int patience, int now, string expected)
    {
        AddressLookupState state = Create(aaaa, a, patience);

        AddressLookupStep step = AddressLookupSchedule.GetNext(state, Ms(10_000), Ms(now));

        Describe(step).Should().Be(expected);
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(20, 20)]
    [InlineData(250, 50)]
    [InlineData(Infinite, 50)]
    public void GetShortestWait_Patience_IsThatOrTheResolutionDelay(int patience, int expected) =>
        AddressLookupSchedule.GetShortestWait(TimeSpan.FromMilliseconds(patience)).Should().Be(Ms(expected));

    [Theory]
    [InlineData(400, "Wait 650")]
    [InlineData(650, "AskA")]
    public void GetNext_AaaaWaitedForSlot_PatienceBeginsThen(int now, string expected)
    {
        AddressLookupState state = Create(Pending, NotAsked, 250) with { AaaaAskedAt = Ms(400) };

        Describe(AddressLookupSchedule.GetNext(state, Ms(10_000), Ms(now))).Should().Be(expected);
    }

    [Fact]
    public void GetNext_AaaaWaitedForSlotLongerThanA_50MsBeginThen()
    {
        AddressLookupState state = Create(Pending, Reachable, 250) with { AEndedAt = Ms(10), AaaaAskedAt = Ms(400) };

        Describe(AddressLookupSchedule.GetNext(state, Ms(10_000), Ms(410))).Should().Be("Wait 450");
    }

    [Theory]
    [InlineData(300, 310, "Wait 350")]
    [InlineData(300, 350, "Finish")]
    [InlineData(9_980, 9_990, "Wait 10000")]
    public void GetNext_AReachableAndAaaaSilent_Waits50MsMore(int aEnded, int now, string expected)
    {
        AddressLookupState state = Create(Pending, Reachable, 250) with { AEndedAt = Ms(aEnded) };

        Describe(AddressLookupSchedule.GetNext(state, Ms(10_000), Ms(now))).Should().Be(expected, "RFC 8305 §3 gives a late AAAA 50 ms");
    }

    [Theory]
    [InlineData(20, 20, 100, "Wait 2020")]
    [InlineData(400, 250, 500, "Wait 2400")]
    [InlineData(20, 20, 2_020, "Finish")]
    public void GetNext_AaaaReachableAndASilent_WaitsAtMost2S(int aaaaEnded, int aAsked, int now, string expected)
    {
        AddressLookupState state = Create(Reachable, Pending, 250) with { AaaaEndedAt = Ms(aaaaEnded), AAskedAt = Ms(aAsked) };

        Describe(AddressLookupSchedule.GetNext(state, Ms(10_000), Ms(now))).Should().Be(expected);
    }

    [Theory]
    [InlineData(Failing, Reachable)]
    [InlineData(Reachable, Failing)]
    public void GetNext_OneReachableAndEveryServerFailedTheOther_TakesWhatThereIs(string aaaa, string a) =>
        Describe(AddressLookupSchedule.GetNext(Create(aaaa, a, 250), Ms(10_000), Ms(20))).Should().Be("Finish");

    [Theory]
    [InlineData(Pending, Reachable)]
    [InlineData(Failing, Reachable)]
    [InlineData(Reachable, Pending)]
    [InlineData(Reachable, Failing)]
    public void GetNext_BothRequired_LeavesNeither(string aaaa, string a)
    {
        AddressLookupState state = Create(aaaa, a, 250) with { RequiresBoth = true };

        Describe(AddressLookupSchedule.GetNext(state, Ms(10_000), Ms(5_000))).Should().Be("Wait 10000");
    }

    [Fact]
    public void GetNext_BothRequiredAndAaaaReachable_AsksAWithAllRounds()
    {
        AddressLookupState state = Create(Reachable, NotAsked, 250) with { RequiresBoth = true };

        Describe(AddressLookupSchedule.GetNext(state, Ms(10_000), Ms(10))).Should().Be("AskA");
    }

    private static AddressLookupState Create(string aaaa, string a, int patience) => new()
    {
        Aaaa = Enum.Parse<FamilyProgress>(aaaa),
        A = Enum.Parse<FamilyProgress>(a),
        Patience = patience == Infinite ? TimeSpan.MaxValue : Ms(patience),
        RequiresBoth = false,
    };

    private static string Describe(AddressLookupStep step) =>
        step.Kind == AddressLookupStepKind.Wait ? $"Wait {step.Until.TotalMilliseconds}" : step.Kind.ToString();

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
