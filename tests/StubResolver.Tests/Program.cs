using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using StubResolver;
using StubResolver.Resolution;
using StubResolver.Tests.Caching;
using StubResolver.Tests.Scenarios;
using StubResolver.Tests.Transport;

// Tests start this program as a process of its own: to see what the library does in another environment, and to measure where nothing else runs.
Console.OutputEncoding = Encoding.UTF8;
switch (args)
{
    case ["normalize", .. string[] names]:
        PrintEach(names, name => QueryName.Normalize(name));
        break;
    case ["unicode", .. string[] names]:
        PrintEach(names, name => InternationalName.GetUnicode(name)?.ToLowerInvariant() ?? "-");
        break;
    case ["construct"]:
        PrintLogOfConstruction();
        break;
    case ["name-cost"]:
        Print(await NameCost.MeasureAsync());
        break;
    case ["flood", string names]:
        Print(new CacheFlood().StoreNames(int.Parse(names, CultureInfo.InvariantCulture)));
        break;
    case ["types", string types]:
        Print(new CacheFlood().StoreTypes(int.Parse(types, CultureInfo.InvariantCulture)));
        break;
    case ["leaks", string protocol, string lookups]:
        Print(await LookupLeaks.CountAsync(Enum.Parse<DnsProtocol>(protocol), int.Parse(lookups, CultureInfo.InvariantCulture)));
        break;
    case ["descriptors", string server]:
        await WithoutDescriptors.RunAsync(DnsServer.Parse(server));
        break;
}

static void Print<TResult>(TResult result) => Console.WriteLine(JsonSerializer.Serialize(result));

static void PrintEach(string[] names, Func<string, string> map)
{
    Console.WriteLine(HasCultures() ? "ICU" : "invariant");
    Array.ForEach(names, name => Console.WriteLine(map(name)));
}

static bool HasCultures()
{
    try
    {
        return CultureInfo.GetCultureInfo("de").LCID != 0;
    }
    catch (CultureNotFoundException)
    {
        return false;
    }
}

static void PrintLogOfConstruction()
{
    FakeLogCollector logs = new();
    using LoggerFactory factory = new([new FakeLoggerProvider(logs)]);
    using DnsResolver resolver = new(new DnsResolverOptions { LoggerFactory = factory });
    Array.ForEach([.. logs.GetSnapshot()], log => Console.WriteLine($"{log.Level}: {log.Message}"));
}
