namespace Lookup;

internal static class ExitCode
{
    public const int Answer = 0;
    public const int NoSuchName = 1;
    public const int NoAnswer = 2;
    public const int Usage = 64;
}
