using RtpProxy.Io.Posix.Getopt;

namespace RtpProxy.Tools.CommandLine;

/// <summary>A command line taken apart by getopt_long(3), with the names of options for their codes.</summary>
/// <param name="program">Name at the beginning of the lines for what is wrong.</param>
/// <param name="letters">As for getopt: a letter followed by a colon takes an argument.</param>
/// <param name="longNames">Long options; those followed by a colon take an argument.</param>
internal sealed class OptionScanner(string program, string letters, params string[] longNames)
{
    private const int FirstLongCode = 256;

    /// <summary>In the order of the command line, errors in their place.</summary>
    public IReadOnlyList<OptionToken> Options { get; private set; } = [];

    public IReadOnlyList<string> Operands { get; private set; } = [];

    public void Scan(IReadOnlyList<string> arguments)
    {
        LongOption[] longOptions = [.. longNames.Select((name, i) => new LongOption(
            name.TrimEnd(':'), name.EndsWith(':') ? ArgumentRule.Required : ArgumentRule.None, FirstLongCode + i))];
        GetoptScan scan = GetoptScan.Of(arguments, letters, longOptions);
        Options = [.. scan.Options.Select(option => option.Code switch
        {
            ScannedOption.Faulty => new OptionToken("", $"{program}: {option.Fault}"),
            >= FirstLongCode => new OptionToken(longOptions[option.Code - FirstLongCode].Name, option.Argument),
            _ => new OptionToken(((char)option.Code).ToString(), option.Argument),
        })];
        Operands = scan.Operands;
    }
}
