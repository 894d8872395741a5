using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RtpProxy.Controller.Relays;

namespace RtpProxy.Controller.Hosting;

/// <summary>Keeps the relays' state fresh while there are no calls, and takes a changed configuration while there are.</summary>
internal sealed class RelayService(
    RelaySets sets, IOptionsMonitor<RtpProxyControllerOptions> options, TimeProvider time, ILogger<RelayService>? logger = null)
    : BackgroundService
{
    private readonly ILogger _logger = logger ?? NullLogger<RelayService>.Instance;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using IDisposable? changes = options.OnChange(OnChange);
        await sets.ProbeAllAsync(stoppingToken).ConfigureAwait(false);
        using var timer = new PeriodicTimer(options.CurrentValue.ProbeInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await sets.ProbeDueAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    private void OnChange(RtpProxyControllerOptions changed)
    {
        try
        {
            ControllerSettings settings = ControllerSettings.Read(changed);
            sets.Replace(settings.Sets, settings.Relays);
            Log.Replaced(_logger, sets.List().Count);
        }
        catch (OptionsValidationException exception)
        {
            Log.NotReplaced(_logger, string.Join("; ", exception.Failures));
        }
        catch (ObjectDisposedException)
        {
            // The host is stopping.
        }
    }
}
