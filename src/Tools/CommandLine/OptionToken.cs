namespace RtpProxy.Tools.CommandLine;

/// <summary>One option of a command line, or what is wrong with it.</summary>
/// <param name="Name">The letter, or the long name without dashes; empty for an error.</param>
/// <param name="Argument">Its argument; for an error the line that says so.</param>
internal readonly record struct OptionToken(string Name, string? Argument)
{
    public bool IsError => Name.Length == 0;
}
