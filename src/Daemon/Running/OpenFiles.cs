using System.ComponentModel;
using RtpProxy.Daemon.Options;
using RtpProxy.Io.Posix;

namespace RtpProxy.Daemon.Running;

/// <summary>
/// The limit of open files. The program itself is made of files that it opens as it goes: under a limit that does not even
/// leave room for those it would end anywhere, without a word that helps.
/// </summary>
internal static class OpenFiles
{
    /// <summary>Raises the soft limit to the hard one. Before anything else: the next step may open a file.</summary>
    public static StartFault? RaiseLimit()
    {
        try
        {
            return Check(DescriptorLimit.RaiseToHard().Soft, DescriptorLimit.LeastFor(workers: 1, controlSockets: 1));
        }
        catch (Win32Exception)
        {
            return null; // The relay tries again when there is a log to tell it.
        }
    }

    /// <summary>Sets the limit of <c>-L</c>, and looks whether what was asked for can work under the one in force.</summary>
    public static StartFault? SetLimit(DaemonOptions options, Settings settings)
    {
        int least = DescriptorLimit.LeastFor(options.Workers ?? 1, options.ControlSockets.Length);
        try
        {
            if (options.DescriptorLimit is not { } limit)
            {
                return Check(DescriptorLimit.Read().Soft, least);
            }

            // Before it is in force: the complaint needs files too.
            if (limit < least)
            {
                return settings.Refuse("open-files", new($"at least {least}", "the workers and sockets that are asked for need more"));
            }

            DescriptorLimit.Set(limit, limit);
            return null;
        }
        catch (Win32Exception refused)
        {
            return settings.Refuse("open-files", new("a limit that this user may set", $"the system says: {refused.Message}"));
        }
    }

    private static StartFault? Check(long limit, int least) => limit < least
        ? StartFault.Of($"the limit of open files (ulimit -n) is {limit}; expected at least {least}")
        : null;
}
