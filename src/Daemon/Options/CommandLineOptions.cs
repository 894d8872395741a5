using System.Globalization;
using RtpProxy.Io.Posix.Getopt;

namespace RtpProxy.Daemon.Options;

/// <summary>Reads the command line (control protocol, sections 10.1 and 10.2).</summary>
internal static class CommandLineOptions
{
    /// <summary>
    /// Options count from left to right: the first wrong one ends the program, so <c>-V</c>, <c>-v</c> and <c>-C</c>
    /// win only over faults to their right.
    /// </summary>
    /// <param name="arguments">Without the program's name.</param>
    /// <param name="names">Asked about users, groups and the hosts of <c>-n</c>.</param>
    public static CommandLineOutcome Parse(IReadOnlyList<string> arguments, ISystemNames names)
    {
        GetoptScan scan = GetoptScan.Of(arguments, OptionTable.Letters, OptionTable.LongOptions);
        OptionReader reader = new(names);
        foreach (ScannedOption scanned in scan.Options)
        {
            if (scanned.Code == ScannedOption.Faulty)
            {
                return Refuse($"rtpproxy: {scanned.Fault}\n{Usage.Synopsis}");
            }

            Option option = OptionTable.ByCode(scanned.Code);
            if (option.Answer is { } answer)
            {
                return new EndProgram(0, answer(), "");
            }

            if (option.Read!(reader, scanned.Argument ?? "") is { } fault)
            {
                return Refuse($"rtpproxy: {fault}\n");
            }
        }

        int surplus = scan.Operands.Count;
        if (surplus > 0)
        {
            string plural = surplus == 1 ? "" : "s";
            string line = string.Create(
                CultureInfo.InvariantCulture,
                $"rtpproxy: {surplus} extra unhandled argument{plural} at the end of the command line\n");
            return Refuse(line + Usage.Synopsis);
        }

        return new RunDaemon(reader.Options);
    }

    private static EndProgram Refuse(string error) => new(1, "", error);
}
