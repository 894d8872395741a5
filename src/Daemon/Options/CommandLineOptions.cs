using System.Globalization;
using System.Text;
using RtpProxy.Io.Net;
using RtpProxy.Io.Posix.Getopt;
using RtpProxy.Protocols.Rtpp;

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
        foreach (ScannedOption option in scan.Options)
        {
            switch (option.Code)
            {
                case 'V' or OptionTable.Version:
                    return Print(ProgramVersion.Text + "\n");
                case 'v':
                    return Print(DescribeProtocol());
                case 'C':
                    return Print(MonotonicClock.Name + "\n");
                case OptionTable.Help:
                    return Print(Usage.Text);
                case ScannedOption.Faulty:
                    return Refuse($"rtpproxy: {option.Fault}\n{Usage.Text}");
            }

            if (reader.Read(option) is { } fault)
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
            return Refuse(line + Usage.Text);
        }

        return new RunDaemon(reader.Options);
    }

    private static EndProgram Print(string output) => new(0, output, "");

    private static EndProgram Refuse(string error) => new(1, "", error);

    private static string DescribeProtocol()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"Basic version: {ProtocolVersion.Base}\n");
        foreach (Capability capability in ProtocolVersion.Capabilities)
        {
            text.Append(CultureInfo.InvariantCulture, $"Extension {capability.Date}: {capability.Text}\n");
        }

        return text.ToString();
    }
}
