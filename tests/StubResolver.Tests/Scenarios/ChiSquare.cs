namespace StubResolver.Tests.Scenarios;

/// <summary>Tells a uniform distribution from others.</summary>
internal static class ChiSquare
{
    /// <summary>The normal quantile of once in ten million: a handful of such tests fails for no reason about once in a million runs.</summary>
    public const double Sigmas = 5.2;

    /// <summary>Returns by how many standard deviations the counts are less uniform than chance makes them (Wilson and Hilferty's approximation).</summary>
    /// <param name="counts">How many fell into each class.</param>
    /// <param name="shares">How wide each class is, relative to the others.</param>
    public static double GetExcess(IReadOnlyList<int> counts, IReadOnlyList<double> shares)
    {
        double total = counts.Sum();
        double width = shares.Sum();
        double chiSquare = counts.Zip(shares, (count, share) =>
        {
            double expected = total * share / width;
            return (count - expected) * (count - expected) / expected;
        }).Sum();
        double freedom = 2.0 / (9 * (counts.Count - 1));
        return (Math.Cbrt(chiSquare / (counts.Count - 1)) - (1 - freedom)) / Math.Sqrt(freedom);
    }

    /// <summary>Returns the correlation of two series, in standard deviations of that of independent ones.</summary>
    public static double GetCorrelation(IReadOnlyList<int> left, IReadOnlyList<int> right)
    {
        double leftMean = left.Average();
        double rightMean = right.Average();
        double product = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.Count; i++)
        {
            (double x, double y) = (left[i] - leftMean, right[i] - rightMean);
            product += x * y;
            leftSquares += x * x;
            rightSquares += y * y;
        }

        return product / Math.Sqrt(leftSquares * rightSquares) * Math.Sqrt(left.Count);
    }
}
