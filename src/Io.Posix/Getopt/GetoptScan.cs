using System.Runtime.InteropServices;
using System.Text;
using RtpProxy.Io.Posix.Interop;

namespace RtpProxy.Io.Posix.Getopt;

/// <summary>
/// A command line taken apart by the C library's own getopt_long(3): clusters, abbreviations, options after operands,
/// <c>--</c> and <c>POSIXLY_CORRECT</c> are as in every other GNU program.
/// </summary>
/// <remarks>
/// The library keeps its state in global variables, so one scan runs at a time in a process, behind a lock.
/// </remarks>
public sealed unsafe class GetoptScan
{
    private const int NoMoreOptions = -1;

    // glibc: setting optind to 0 makes the next call start from the beginning, also where it reads POSIXLY_CORRECT.
    private const int StartAnew = 0;

    private static readonly Lock Gate = new();

    private GetoptScan(IReadOnlyList<ScannedOption> options, IReadOnlyList<string> operands)
    {
        Options = options;
        Operands = operands;
    }

    /// <summary>The options from left to right, faulty ones included.</summary>
    public IReadOnlyList<ScannedOption> Options { get; }

    /// <summary>What is left when the options are taken away.</summary>
    public IReadOnlyList<string> Operands { get; }

    /// <param name="arguments">Without the program's name.</param>
    /// <param name="letters">As <c>optstring</c>, without a leading colon: <c>"ab:"</c>.</param>
    /// <param name="longOptions">The options written with two dashes.</param>
    public static GetoptScan Of(IReadOnlyList<string> arguments, string letters, IReadOnlyList<LongOption> longOptions)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(longOptions);
        lock (Gate)
        {
            using NativeStrings strings = new();
            byte** argv = strings.AddVector(["", .. arguments]);

            // The leading colon keeps the library silent and tells a missing argument (':') from an unknown option ('?').
            byte* optstring = strings.Add(":" + letters);
            LibC.option* table = strings.AddTable<LibC.option>(longOptions.Count + 1);
            for (int i = 0; i < longOptions.Count; i++)
            {
                table[i].name = strings.Add(longOptions[i].Name);
                table[i].has_arg = (int)longOptions[i].Argument;
                table[i].val = longOptions[i].Code;
            }

            return Scan(arguments.Count + 1, argv, optstring, table, longOptions);
        }
    }

    private static GetoptScan Scan(
        int argc, byte** argv, byte* optstring, LibC.option* table, IReadOnlyList<LongOption> longOptions)
    {
        LibC.optind = StartAnew;
        List<ScannedOption> options = [];
        while (true)
        {
            int code = LibC.getopt_long(argc, argv, optstring, table, null);
            if (code == NoMoreOptions)
            {
                break;
            }

            string last = Read(argv[LibC.optind - 1]) ?? "";
            options.Add((code, LibC.optopt) switch
            {
                ('?', ScannedOption.Question) => new(ScannedOption.Question, null),
                ('?' or ':', int optopt) => new(ScannedOption.Faulty, last, Describe(code, optopt, last, longOptions)),
                _ => new(code, Read(LibC.optarg)),
            });
        }

        List<string> operands = [];
        for (int i = LibC.optind; i < argc; i++)
        {
            operands.Add(Read(argv[i]) ?? "");
        }

        return new(options, operands);
    }

    // The library's own sentences, with plain quotation marks as in the C locale.
    private static string Describe(int code, int optopt, string argument, IReadOnlyList<LongOption> longOptions)
    {
        string name = argument.Split('=')[0];
        LongOption[] same = [.. longOptions.Where(option => option.Code == optopt)];
        if (same.Length > 0)
        {
            // Of several names of one option, that which was written or abbreviated.
            string shown = same.Select(option => $"--{option.Name}")
                .FirstOrDefault(full => full.StartsWith(name, StringComparison.Ordinal), $"--{same[0].Name}");
            return code == ':' ? $"option '{shown}' requires an argument" : $"option '{shown}' doesn't allow an argument";
        }

        if (optopt != 0)
        {
            string letter = optopt is > ' ' and <= '~' ? ((char)optopt).ToString() : $"\\x{optopt & 0xFF:x2}";
            return code == ':' ? $"option requires an argument -- '{letter}'" : $"invalid option -- '{letter}'";
        }

        List<string> possible = [];
        foreach (LongOption option in longOptions)
        {
            if (!option.IsAbbreviation && ("--" + option.Name).StartsWith(name, StringComparison.Ordinal))
            {
                possible.Add($"'--{option.Name}'");
            }
        }

        return possible.Count > 1
            ? $"option '{name}' is ambiguous; possibilities: {string.Join(' ', possible)}"
            : $"unrecognized option '{name}'";
    }

    private static string? Read(byte* text) =>
        text == null ? null : Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));
}
