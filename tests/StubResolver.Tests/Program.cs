using System.Globalization;
using System.Text;
using StubResolver.Resolution;

// Tests start this program as a process of its own, to see names as a process without ICU sees them.
Console.OutputEncoding = Encoding.UTF8;
Console.WriteLine(HasCultures() ? "ICU" : "invariant");
if (args is [string verb, .. string[] names])
{
    foreach (string name in names)
    {
        Console.WriteLine(verb == "normalize" ? QueryName.Normalize(name) : InternationalName.GetUnicode(name)?.ToLowerInvariant() ?? "-");
    }
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
