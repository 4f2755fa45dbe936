using System.Net;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class QuestionIndexTests : IDisposable
{
    private readonly DnsResolver _resolver = new(new DnsResolverOptions { Servers = [new IPEndPoint(IPAddress.Loopback, 53)] });
    private readonly QuestionIndex _index = new();

    public void Dispose() => _resolver.Dispose();

    [Fact]
    public void Find_ManyWereSet_FindsEachByNameInAnyCaseAndType()
    {
        QuestionRun[] runs = [.. Enumerable.Range(0, 1000).Select(i => Create($"n{i / 2}.test", i % 2 == 0 ? DnsRecordType.A : DnsRecordType.Aaaa))];

        Array.ForEach(runs, _index.Set);

        runs.Should().OnlyContain(run => _index.Find(new QuestionKey(run.Key.Name.ToUpperInvariant(), run.Key.Type)) == run);
        _index.Find(new QuestionKey("n1.test", DnsRecordType.Txt)).Should().BeNull();
        _index.Find(new QuestionKey("other.test", DnsRecordType.A)).Should().BeNull();
    }

    [Fact]
    public void Set_SameNameAndType_TakesThePlace()
    {
        QuestionRun before = Create("a.test", DnsRecordType.A);
        QuestionRun after = Create("A.test", DnsRecordType.A);
        _index.Set(before);
        _index.Set(after);

        _index.Find(after.Key).Should().BeSameAs(after);
        _index.Remove(before).Should().BeFalse();
        _index.Remove(after).Should().BeTrue();
        _index.Find(after.Key).Should().BeNull();
    }

    [Fact]
    public void Remove_InAnyOrder_LeavesTheOthers()
    {
        QuestionRun[] runs = [.. Enumerable.Range(0, 300).Select(i => Create($"n{i}.test", DnsRecordType.A))];
        Array.ForEach(runs, _index.Set);
        QuestionRun[] removed = [.. runs.Where((_, i) => i % 3 == 0).Reverse()];

        removed.Should().OnlyContain(run => _index.Remove(run));

        removed.Should().OnlyContain(run => _index.Find(run.Key) == null && !_index.Remove(run));
        runs.Except(removed).Should().OnlyContain(run => _index.Find(run.Key) == run);
        Array.ForEach(removed, _index.Set);
        runs.Should().OnlyContain(run => _index.Find(run.Key) == run);
    }

    [Fact]
    public void RemoveAll_SomeOrAll_LeavesTheOthers()
    {
        QuestionRun[] runs = [.. Enumerable.Range(0, 300).Select(i => Create($"n{i}.test", DnsRecordType.A))];
        Array.ForEach(runs, _index.Set);

        _index.RemoveAll(run => run.Number % 2 == 0);
        runs.Should().OnlyContain(run => _index.Find(run.Key) == (run.Number % 2 == 0 ? null : run));

        _index.RemoveAll(_ => true);
        runs.Should().OnlyContain(run => _index.Find(run.Key) == null);
    }

    private QuestionRun Create(string name, DnsRecordType type)
    {
        QueryEngine engine = _resolver.Pipeline.Engine;
        QuestionRun run = engine.RentRun(engine.Context);
        run.Begin(new QuestionTable(engine), engine.Context, new QuestionKey(name, type), engine.TakeNumber(), cacheEpoch: 0, isRefresh: false);
        return run;
    }
}
