namespace StubResolver.Resolution;

/// <summary>Questions by name and type. Not thread-safe.</summary>
/// <remarks>Chains of the questions themselves: a dictionary of a struct would be compiled at the first lookup, for some 2 ms (benchmark: cold).</remarks>
internal sealed class QuestionIndex
{
    private const int FirstLength = 8; // a power of two, and so are the others

    private QuestionRun?[] _chains = new QuestionRun?[FirstLength];
    private int _count;

    public QuestionRun? Find(QuestionKey key)
    {
        QuestionRun? run = ChainOf(key);
        while (run is not null && !run.Key.Equals(key))
        {
            run = run.NextInChain;
        }

        return run;
    }

    /// <summary>Adds a question, in place of another one with the same name and type.</summary>
    public void Set(QuestionRun run)
    {
        if (Find(run.Key) is { } before)
        {
            Remove(before);
        }

        if (_count == _chains.Length)
        {
            Grow();
        }

        Link(run);
        _count++;
    }

    /// <summary>Removes a question; false where it is not there, be it that another one has its place.</summary>
    public bool Remove(QuestionRun run)
    {
        ref QuestionRun? link = ref ChainOf(run.Key);
        while (link is not null && link != run)
        {
            link = ref link.NextInChain;
        }

        if (link is null)
        {
            return false;
        }

        Unlink(ref link);
        return true;
    }

    public void RemoveAll(Func<QuestionRun, bool> isRemoved)
    {
        for (int i = 0; i < _chains.Length; i++)
        {
            ref QuestionRun? link = ref _chains[i];
            while (link is not null)
            {
                if (isRemoved(link))
                {
                    Unlink(ref link);
                }
                else
                {
                    link = ref link.NextInChain;
                }
            }
        }
    }

    private ref QuestionRun? ChainOf(QuestionKey key) => ref _chains[key.GetHashCode() & (_chains.Length - 1)];

    private void Link(QuestionRun run)
    {
        ref QuestionRun? chain = ref ChainOf(run.Key);
        (run.NextInChain, chain) = (chain, run);
    }

    private void Unlink(ref QuestionRun? link)
    {
        QuestionRun run = link!;
        link = run.NextInChain;
        run.NextInChain = null;
        _count--;
    }

    private void Grow()
    {
        QuestionRun?[] before = _chains;
        _chains = new QuestionRun?[before.Length * 2];
        foreach (QuestionRun? chain in before)
        {
            for (QuestionRun? run = chain; run is not null;)
            {
                QuestionRun? next = run.NextInChain;
                Link(run);
                run = next;
            }
        }
    }
}
