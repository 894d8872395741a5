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

    /// <summary>Null when the command line is wrong; <paramref name="error"/> is then what to print.</summary>
    public static ExtractOptions? Parse(IReadOnlyList<string> arguments, out string error)
    {
        OptionScanner scanner = new(Program, "idsSneF:D:A:B:U:", "alice-crypto", "bob-crypto");
        scanner.Scan(arguments);
        ExtractOptions options = new();
        error = "";
        foreach (OptionToken option in scanner.Options)
        {
            if (option.IsError)
            {
                error = $"{option.Argument}\n{Usage}";
                return null;
            }

            if (Apply(options, option, out error) is not { } next)
            {
                return null;
            }

            options = next;
        }

        ExtractOptions? complete = options.ScanOnly
            ? WithScanOperands(options, scanner.Operands)
            : WithOperands(options, scanner.Operands);
        error = complete is null ? Usage : "";
        return complete;
    }

    private static ExtractOptions? Apply(ExtractOptions options, OptionToken option, out string error)
    {
        string argument = option.Argument ?? "";
        error = "";
        switch (option.Name)
        {
            case "i":
                return options with { IdlePriority = true };
            case "d":
                return options with { DeleteInputs = true };
            case "s":
                return options with { Stereo = true };
            case "S":
                return options with { ScanOnly = true };
            case "n":
                return options with { NoSync = true };
            case "e":
                return options with { NeedsBothSides = true };
            case "A":
                return options with { AnswerPath = argument };
            case "B":
                return options with { OriginatePath = argument };
            case "F":
                return WithContainer(options, argument, out error);
            case "D":
                return WithEncoding(options, argument, out error);
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
