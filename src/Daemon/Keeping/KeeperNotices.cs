using System.Globalization;
using Microsoft.Extensions.Logging;
using RtpProxy.Daemon.Options;
using RtpProxy.Daemon.Running;

namespace RtpProxy.Daemon.Keeping;

/// <summary>Tells what becomes of relays: the log, the service manager, and whoever waits for the start.</summary>
/// <param name="program">As it is in the log.</param>
/// <param name="relaying">Called once, when the first relay relays.</param>
internal sealed class KeeperNotices(string program, ServiceManager services, Action relaying, ILogger logger)
{
    /// <param name="processOf">The pid of a relay.</param>
    public void On(SuccessionNews news, Func<int, int> processOf)
    {
        switch (news)
        {
            case SuccessionNews.Relaying relay:
                Log.Relaying(logger, processOf(relay.Relay));
                relaying();
                services.TellReady();
                break;
            case SuccessionNews.Died died:
                Log.Died(
                    logger,
                    processOf(died.Relay),
                    died.Status,
                    died.Why is null ? "" : $" ({died.Why})",
                    died.Pause == TimeSpan.Zero ? "at once" : string.Create(CultureInfo.InvariantCulture, $"in {died.Pause.TotalSeconds} s"));
                services.TellStatus("The relay has died, another is started");
                break;
            case SuccessionNews.Restored restored:
                Log.Restored(logger, (long)restored.Gap.TotalMilliseconds, processOf(restored.Relay), restored.Deaths);
                services.TellReady();
                break;
            case SuccessionNews.Hung hung:
                Log.Hung(logger, processOf(hung.Relay), hung.Silence.TotalSeconds);
                break;
            case SuccessionNews.UpgradeBegun begun:
                Log.UpgradeBegun(logger, program, processOf(begun.Relay));
                services.TellReloading();
                break;
            case SuccessionNews.UpgradeDone done:
                Log.UpgradeDone(logger, done.Version, processOf(done.Relay), (long)done.Gap.TotalMilliseconds);
                services.TellReady();
                break;
            case SuccessionNews.UpgradeRefused refused:
                Log.UpgradeRefused(logger, refused.Why);
                break;
            case SuccessionNews.UpgradeFailed failed:
                Log.UpgradeFailed(logger, failed.Why);
                services.TellReady();
                break;
            case SuccessionNews.Draining:
                Log.Draining(logger);
                services.TellLeaving();
                break;
            case SuccessionNews.Stopping stopping:
                Log.Stopping(logger, stopping.Signal);
                services.TellStopping();
                break;
            case SuccessionNews.Beat:
                services.TellAlive();
                break;
        }
    }

    /// <summary>This process has become another program, and keeps the relay that it kept.</summary>
    public void Resumed(int held) => Log.Replaced(logger, ProgramVersion.Text, Environment.ProcessId, held);
}
