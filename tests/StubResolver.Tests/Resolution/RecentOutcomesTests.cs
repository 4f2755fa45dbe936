using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class RecentOutcomesTests
{
    private readonly RecentOutcomes _recent = new();

    [Fact]
    public void Find_FourQuestionsOneAfterTheOther_NonePushesAnotherOut()
    {
        for (int round = 0; round < 1_000; round++)
        {
            QuestionOutcome[] outcomes = [.. Enumerable.Range(0, 4).Select(i => Create($"n{round}-{i}.test"))];
            for (int i = 0; i < outcomes.Length; i++)
            {
                Add(outcomes[i], number: (4 * round) + i + 1);
            }

            outcomes.Select(outcome => Find(outcome.Name, mark: 4 * round)).Should().Equal(outcomes);
        }
    }

    [Fact]
    public void Find_AskedBeforeTheMark_DoesNotCount()
    {
        Add(Create("a.test"), number: 7);

        Find("a.test", mark: 7).Should().BeNull();
        Find("A.test", mark: 6).Should().NotBeNull();
    }

    [Fact]
    public void Add_SameQuestionAgain_TheLaterCounts()
    {
        QuestionOutcome later = Create("a.test");
        Add(Create("a.test"), number: 1);
        Add(later, number: 2);

        Find("a.test", mark: 0).Should().BeSameAs(later);
    }

    [Fact]
    public void Add_MoreThanThereIsRoomFor_TheOldestGo()
    {
        for (int i = 1; i <= 10_000; i++)
        {
            Add(Create($"n{i}.test"), number: i);
        }

        Find("n1.test", mark: 0).Should().BeNull();
        Find("n10000.test", mark: 0).Should().NotBeNull();
    }

    private QuestionOutcome? Find(string name, long mark) => _recent.Find(new QuestionKey(name, DnsRecordType.A), mark);

    private void Add(QuestionOutcome outcome, long number) => _recent.Add(new QuestionKey(outcome.Name, outcome.Type), outcome, number);

    private static QuestionOutcome Create(string name) => new() { Name = name, Type = DnsRecordType.A };
}
