using RtpProxy.ExtractAudio.Survey;
using RtpProxy.Tools.CommandLine;

namespace RtpProxy.ExtractAudio;

/// <summary>Reads the command line.</summary>
internal static class ExtractCommandLine
{
    private const string Program = "extractaudio";

    private const string Usage = """
        usage: extractaudio [-idsne] [-F file_fmt] [-D data_fmt] rdir outfile [link1] ... [linkN]
               extractaudio [-idsne] [-F file_fmt] [-D data_fmt] [-A answer_cap] [-B originate_cap]
                            [--alice-crypto CSPEC] [--bob-crypto CSPEC] outfile [link1] ... [linkN]
               extractaudio -S [-A answer_cap] [-B originate_cap]
               extractaudio -S rdir
        """;

    private const string Help = $"""
        {Usage}

        Turns the recordings of a call into one audio file. RDIR is the name of a recording without suffix: side A (the
        answering party) is RDIR.a.rtp, side B (the originating one) RDIR.o.rtp. Ad-hoc recordings, pcap and pcapng.

          -A, --side-a FILE       the file of side A
          -B, --side-b FILE       the file of side B
              --from-a ADDRESS[:PORT]   of its file only what this sender sent
              --from-b ADDRESS[:PORT]   the same for side B
          -s, --stereo            side A left, side B right, instead of a mix
          -n, --no-sync           no silence where nothing was sent
          -e, --strict            fail unless both sides can be loaded
          -d, --delete            delete the recordings at the end
          -i, --idle              at the lowest priority
          -F, --format FORMAT     file format, wav unless given
          -D, --data FORMAT       sample format, gsm610 unless given, for stereo ms_adpcm
          -S, --scan              only count packets
              --alice-crypto SUITE:KEY, --bob-crypto SUITE:KEY    SRTP keys of A and B
          -?, --help              this text
              --version           the version
        """;

    // None begins with the first letter of the original's two, which may be shortened to it.
    private static readonly string[] LongNames =
    [
        "alice-crypto:", "bob-crypto:", "side-a:", "side-b:", "stereo", "no-sync", "strict", "delete", "idle", "format:",
        "data:", "scan", "from-a:", "from-b:", "help", "version",
    ];

    /// <summary>Null when there is nothing to do but to print <paramref name="answer"/>.</summary>
    public static ExtractOptions? Parse(IReadOnlyList<string> arguments, out CommandLineAnswer? answer)
    {
        OptionScanner scanner = new(Program, "idsSneF:D:A:B:U:", LongNames);
        scanner.Scan(arguments);
        ExtractOptions options = new();
        foreach (OptionToken option in scanner.Options)
        {
            if (option.IsError)
            {
                answer = Error($"{option.Argument}\n{Usage}");
                return null;
            }

            if (option.Name is "help" or "?" or "version")
            {
                answer = option.Name != "version"
                    ? new CommandLineAnswer(Help, IsError: false)
                    : CommandLineAnswer.Version(Program);
                return null;
            }

            if (Apply(options, option, out string error) is not { } next)
            {
                answer = Error(error);
                return null;
            }

            options = next;
        }

        ExtractOptions? complete = options.ScanOnly
            ? WithScanOperands(options, scanner.Operands)
            : WithOperands(options, scanner.Operands);
        answer = complete is null ? Error(Usage) : null;
        return complete;
    }

    private static CommandLineAnswer Error(string text) => new(text, IsError: true);

    private static ExtractOptions? Apply(ExtractOptions options, OptionToken option, out string error)
    {
        string argument = option.Argument ?? "";
        error = "";
        switch (option.Name)
        {
            case "i" or "idle":
                return options with { IdlePriority = true };
            case "d" or "delete":
                return options with { DeleteInputs = true };
            case "s" or "stereo":
                return options with { Stereo = true };
            case "S" or "scan":
                return options with { ScanOnly = true };
            case "n" or "no-sync":
                return options with { NoSync = true };
            case "e" or "strict":
                return options with { NeedsBothSides = true };
            case "A" or "side-a":
                return options with { AnswerPath = argument };
            case "B" or "side-b":
                return options with { OriginatePath = argument };
            case "F" or "format":
                return WithContainer(options, argument, out error);
            case "D" or "data":
                return WithEncoding(options, argument, out error);
            case "from-a" or "from-b" when SourceAddress.Parse(argument) is { } source:
                return option.Name == "from-a"
                    ? options with { AnswerSource = source }
                    : options with { OriginateSource = source };
            case "from-a" or "from-b":
                error = $"{Program}: invalid address, expected ADDRESS or ADDRESS:PORT: {argument}";
                return null;
            case "alice-crypto" when CryptoArgument.Parse(argument, out error) is { } key:
                return options with { AnswerKey = key };
            case "bob-crypto" when CryptoArgument.Parse(argument, out error) is { } key:
                return options with { OriginateKey = key };
            case "alice-crypto" or "bob-crypto":
                error = $"{Program}: {error}";
                return null;
            default:
                error = Usage; // -U, which the original scans and then refuses
                return null;
        }
    }

    private static ExtractOptions? WithContainer(ExtractOptions options, string name, out string error)
    {
        error = "";
        if (FormatNames.Find(FormatNames.Containers, name) is { } format)
        {
            return options with { Container = format.Value };
        }

        error = $"{Program}: unknown output file format: \"{name}\"\n"
            + FormatNames.List("Supported file formats:", FormatNames.Containers);
        return null;
    }

    private static ExtractOptions? WithEncoding(ExtractOptions options, string name, out string error)
    {
        error = "";
        if (FormatNames.Find(FormatNames.Encodings, name) is { } format)
        {
            return options with { Encoding = format.Value };
        }

        error = $"{Program}: unknown output data format: \"{name}\"\n"
            + FormatNames.List("Supported data formats:", FormatNames.Encodings);
        return null;
    }

    private static ExtractOptions? WithScanOperands(ExtractOptions options, IReadOnlyList<string> operands)
    {
        bool isNamed = options.AnswerPath is not null || options.OriginatePath is not null;
        return (isNamed, operands.Count) switch
        {
            (true, 0) => options,
            (false, 1) => WithBaseName(options, operands[0]),
            _ => null,
        };
    }

    private static ExtractOptions? WithOperands(ExtractOptions options, IReadOnlyList<string> operands)
    {
        if (options.AnswerPath is null && options.OriginatePath is null)
        {
            return operands.Count < 2
                ? null
                : WithBaseName(options, operands[0]) with { Output = operands[1], Links = [.. operands.Skip(2)] };
        }

        return operands.Count < 1 ? null : options with { Output = operands[0], Links = [.. operands.Skip(1)] };
    }

    private static ExtractOptions WithBaseName(ExtractOptions options, string baseName) => options with
    {
        AnswerPath = $"{baseName}.a.rtp",
        OriginatePath = $"{baseName}.o.rtp",
    };
}
