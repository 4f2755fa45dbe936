namespace StubResolver.Interop.Tests;

internal static class ClientKinds
{
    public static bool HasCookies(this ClientKind client) => client is ClientKind.Cookies or ClientKind.CookiesAndRandomCase;
}
