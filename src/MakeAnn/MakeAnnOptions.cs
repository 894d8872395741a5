using RtpProxy.Tools.CommandLine;

namespace RtpProxy.MakeAnn;

/// <summary>What the command line asks for.</summary>
internal sealed record MakeAnnOptions
{
    private const string Program = "makeann";
    private const string Usage = "usage: makeann [-l limit [-L]] infile [outfile_template]";

    public required string Input { get; init; }

    /// <summary>The outputs are this and a suffix.</summary>
    public required string Template { get; init; }

    /// <summary><c>-l</c>: stop after so many samples of 8 kHz; null for no limit.</summary>
    public long? LimitSamples { get; init; }

    /// <summary><c>-L</c>: begin again at the end of the input, until the limit.</summary>
    public bool Loop { get; init; }

    /// <summary><c>-v</c>: G.729 with voice activity detection.</summary>
    public bool DetectVoice { get; init; }

    /// <summary>Null when the command line is wrong; <paramref name="error"/> is then what to print.</summary>
    public static MakeAnnOptions? Parse(IReadOnlyList<string> arguments, out string error)
    {
        error = "";
        long? limit = null;
        bool loop = false;
        bool detectVoice = false;
        OptionScanner scanner = new(Program, "l:Lv");
        scanner.Scan(arguments);
        foreach (OptionToken option in scanner.Options)
        {
            switch (option.Name)
            {
                case "l":
                    limit = LeadingNumber(option.Argument ?? "");
                    if (limit <= 0)
                    {
                        error = $"{Program}: limit parameter have to be a number greater than zero";
                        return null;
                    }

                    break;
                case "L":
                    loop = true;
                    break;
                case "v":
                    detectVoice = true;
                    break;
                default:
                    error = $"{option.Argument}\n{Usage}";
                    return null;
            }
        }

        if (scanner.Operands.Count is not (1 or 2))
        {
            error = Usage;
            return null;
        }

        if (loop && limit is null)
        {
            error = $"{Program}: limit have to be specified in the loop mode";
            return null;
        }

        return new MakeAnnOptions
        {
            Input = scanner.Operands[0],
            Template = scanner.Operands[^1],
            LimitSamples = limit,
            Loop = loop,
            DetectVoice = detectVoice,
        };
    }

    /// <summary>The value of atoi(3): a sign and decimal digits at the beginning, 0 without any; too large stays largest.</summary>
    private static long LeadingNumber(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart();
        bool isNegative = digits.StartsWith("-");
        if (isNegative || digits.StartsWith("+"))
        {
            digits = digits[1..];
        }

        long value = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                break;
            }

            value = Math.Min((value * 10) + (digit - '0'), int.MaxValue);
        }

        return isNegative ? -value : value;
    }
}
