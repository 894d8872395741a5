using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RtpProxy.Controller;
using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Hosting;
using RtpProxy.Controller.Relays;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a controller with a host.</summary>
public static class RtpProxyControllerServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IRtpProxyController"/> (with <see cref="RtpProxyController"/>, <see cref="CallMedia"/> for SIP messages, and
    /// <see cref="RelaySets"/>), probes of the relays in the background, and the listener for lost media, if one is configured. Settings
    /// that cannot be meant end the start of the host, with an <see cref="OptionsValidationException"/> that names them all.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; null when they are configured elsewhere.</param>
    public static IServiceCollection AddRtpProxyController(
        this IServiceCollection services, Action<RtpProxyControllerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<RtpProxyControllerOptions> options = services.AddOptions<RtpProxyControllerOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AgreedMedia>();
        services.TryAddSingleton(provider => new TimeoutSocket(Checked(provider)));
        services.TryAddSingleton(MakeSets);
        services.TryAddSingleton<IRelaySelector>(provider => provider.GetRequiredService<RelaySets>());
        services.TryAddSingleton(MakeController);
        services.TryAddSingleton<IRtpProxyController>(provider => provider.GetRequiredService<RtpProxyController>());
        services.TryAddSingleton(provider => new CallMedia(provider.GetRequiredService<RtpProxyController>()));
        services.AddHostedService<TimeoutService>();
        services.AddHostedService<RelayService>();
        return services;
    }

    /// <param name="services">The services.</param>
    /// <param name="section">Bound to <see cref="RtpProxyControllerOptions"/>; changes are taken while the program runs.</param>
    /// <inheritdoc cref="AddRtpProxyController(IServiceCollection, Action{RtpProxyControllerOptions}?)"/>
    public static IServiceCollection AddRtpProxyController(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<RtpProxyControllerOptions>().Bind(section);
        return services.AddRtpProxyController();
    }

    private static RelaySets MakeSets(IServiceProvider provider)
    {
        ControllerSettings settings = ControllerSettings.Read(Options(provider));
        return new RelaySets(
            settings.Sets, settings.Relays, provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<RelaySets>>());
    }

    private static RtpProxyController MakeController(IServiceProvider provider)
    {
        CallMediaOptions calls = ControllerSettings.Read(Options(provider)).Calls;
        TimeoutListener? listener = provider.GetRequiredService<TimeoutSocket>().Listener;
        return new RtpProxyController(
            provider.GetRequiredService<IRelaySelector>(),
            calls with { TimeoutSocket = calls.TimeoutSocket ?? listener?.NotifySocket },
            provider.GetService<ILogger<RtpProxyController>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<AgreedMedia>());
    }

    private static RtpProxyControllerOptions Checked(IServiceProvider provider)
    {
        RtpProxyControllerOptions options = Options(provider);
        ControllerSettings.Read(options);
        return options;
    }

    private static RtpProxyControllerOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptionsMonitor<RtpProxyControllerOptions>>().CurrentValue;
}
