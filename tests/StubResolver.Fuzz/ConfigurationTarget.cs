using StubResolver.Tests.Configuration;

namespace StubResolver.Fuzz;

/// <summary>The readers of resolv.conf, RES_OPTIONS and the hosts file.</summary>
internal sealed class ConfigurationTarget : FuzzTarget
{
    public override string Name => "configuration";

    public override byte[] Next(Random random) => FileMutation.Next(random);

    public override string? Check(byte[] input) => SnapshotBounds.Hold(input) ? null : "the configuration is out of bounds";
}
