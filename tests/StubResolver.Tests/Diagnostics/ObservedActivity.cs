using System.Diagnostics;
using StubResolver.Diagnostics;

namespace StubResolver.Tests.Diagnostics;

/// <summary>The activity of a lookup with every tag it can have.</summary>
internal static class ObservedActivity
{
    public static Activity Create()
    {
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "StubResolver",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity activity = LookupActivity.Start("a.test", DnsRecordType.A)!;
        LookupActivity.SetAnswer(activity, new DnsAnswer<DnsRecord>("a.test", []));
        LookupActivity.SetError(activity, new DnsException(DnsError.NameNotFound, "a.test"));
        return activity;
    }
}
