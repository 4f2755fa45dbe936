using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using StubResolver.Benchmarks.Cache;
using StubResolver.Benchmarks.Cold;
using StubResolver.Benchmarks.Fail;
using StubResolver.Benchmarks.Load;
using StubResolver.Benchmarks.Load.Clients;
using StubResolver.Benchmarks.Responder;
using StubResolver.Benchmarks.Scale;

switch (args)
{
    case ["load", .. string[] rest]:
        return await LoadDriver.RunAsync(rest);
    case ["cold", .. string[] rest]:
        return await ColdDriver.RunAsync(rest);
    case ["fail", .. string[] rest]:
        return await FailDriver.RunAsync(rest);
    case ["scale"]:
        return ScaleProgram.Run();
    case ["threads"]:
        return ThreadsProgram.Run();
    case ["hits"]:
        return HitsProgram.Run();
    case ["serve", .. string[] rest]:
        return ServeProgram.Run(rest);
    case ["client", .. string[] rest]:
        return await ClientProgram.RunAsync(rest);
    default:
        // A busy machine may take longer to build the measured program than the two minutes it is given.
        BenchmarkSwitcher.FromAssembly(typeof(LoadDriver).Assembly).Run(args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10)));
        return 0;
}
