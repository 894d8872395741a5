using RtpProxy.Tools.CommandLine;

namespace RtpProxy.MakeAnn;

/// <summary>What the command line asks for.</summary>
internal sealed record MakeAnnOptions
{
    private const string Program = "makeann";
    private const string Usage = "usage: makeann [-l limit [-L]] infile [outfile_template]";

    private const string Help = $"""
        {Usage}

        Encodes audio into prompts for the P command: TEMPLATE.0 (PCMU), .3 (GSM), .8 (PCMA), .9 (G.722), .18 (G.729).
        The input is raw audio (16 bits, little endian, mono, 8 kHz), or a file that libsndfile reads: WAV, AIFF, AU,
        CAF, W64, FLAC, Ogg, MP3 and others, of any rate and number of channels.

          -l, --limit N     stop after N samples of 8 kHz
          -L, --loop        begin the input again at its end, until the limit
          -v, --vad         G.729 with voice activity detection, for debugging
          -?, --help        this text
              --version     the version
        """;

    public required string Input { get; init; }

    /// <summary>The outputs are this and a suffix.</summary>
    public required string Template { get; init; }

    /// <summary><c>-l</c>: stop after so many samples of 8 kHz; null for no limit.</summary>
    public long? LimitSamples { get; init; }

    /// <summary><c>-L</c>: begin again at the end of the input, until the limit.</summary>
    public bool Loop { get; init; }

    /// <summary><c>-v</c>: G.729 with voice activity detection.</summary>
    public bool DetectVoice { get; init; }

    /// <summary>Null when there is nothing to do but to print <paramref name="answer"/>.</summary>
    public static MakeAnnOptions? Parse(IReadOnlyList<string> arguments, out CommandLineAnswer? answer)
    {
        long? limit = null;
        bool loop = false;
        bool detectVoice = false;
        OptionScanner scanner = new(Program, "l:Lv", "limit:", "loop", "vad", "help", "version");
        scanner.Scan(arguments);
        foreach (OptionToken option in scanner.Options)
        {
            switch (option.Name)
            {
                case "l" or "limit":
                    limit = LeadingNumber(option.Argument ?? "");
                    if (limit <= 0)
                    {
                        answer = Error($"{Program}: limit parameter have to be a number greater than zero");
                        return null;
                    }

                    break;
                case "L" or "loop":
                    loop = true;
                    break;
                case "v" or "vad":
                    detectVoice = true;
                    break;
                case "help" or "?":
                    answer = new CommandLineAnswer(Help, IsError: false);
                    return null;
                case "version":
                    answer = CommandLineAnswer.Version(Program);
                    return null;
                default:
                    answer = Error($"{option.Argument}\n{Usage}");
                    return null;
            }
        }

        answer = scanner.Operands.Count is not (1 or 2)
            ? Error(Usage)
            : loop && limit is null ? Error($"{Program}: limit have to be specified in the loop mode") : null;
        if (answer is not null)
        {
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

    private static CommandLineAnswer Error(string text) => new(text, IsError: true);

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
