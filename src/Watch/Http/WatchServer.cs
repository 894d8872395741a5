using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using RtpProxy.Watch.CommandLine;
using RtpProxy.Watch.Live;

namespace RtpProxy.Watch.Http;

/// <summary>The web server, and the process around it: it minds the signals also where nothing is served.</summary>
internal static class WatchServer
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(2);

    /// <summary>The host, without what is served yet: a host without <see cref="WatchOptions.Http"/> serves nothing.</summary>
    public static WebApplicationBuilder CreateBuilder(WatchOptions options)
    {
        // Nothing of the current directory or of the environment changes what is served.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "rtpproxywatch" });
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled;
        });
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Critical); // Clients' faults are theirs.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownPatience);
        if (options.Http is { } address)
        {
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            {
                Limit(kestrel);
                kestrel.Listen(address, listen => listen.Protocols = HttpProtocols.Http1);
            });
        }
        else
        {
            builder.WebHost.UseServer(new NoServer());
        }

        return builder;
    }

    public static void Serve(WebApplication app, WatchOptions options, MeterProvider metrics, Answers answers, EventHub hub)
    {
        Assets assets = new();
        Guard guard = new(options.HostNames, options.Token is { } token ? new TokenGate(token) : null, assets);
        EventStream events = new(answers, hub, app.Lifetime, TimeProvider.System);
        Router router = new(assets, answers, events);
        app.Use(next => context => guard.PassAsync(context, next));
        app.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, null, "/metrics", null, null);
        app.Run(router.ServeAsync);
    }

    /// <summary>Where the page is, once the host has started; the port may have been left to the system.</summary>
    public static string? Address(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 1_000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestLineSize = 16 * 1_024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1_024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
