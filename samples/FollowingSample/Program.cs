using FollowingSample;

const int Usage = 64;

switch (args)
{
    case []:
        return await Move.RunAsync() & await Race.RunAsync() ? 0 : 1;
    case ["move"]:
        return await Move.RunAsync() ? 0 : 1;
    case ["race"]:
        return await Race.RunAsync() ? 0 : 1;
    default:
        Console.Error.WriteLine("FollowingSample: unknown arguments. Usage: [move | race]");
        return Usage;
}
