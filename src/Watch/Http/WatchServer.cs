using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using RtpProxy.Watch.CommandLine;
using RtpProxy.Watch.Live;
using RtpProxy.Watch.Ng;

namespace RtpProxy.Watch.Http;

/// <summary>The web server, and the process around it: it minds the signals also where nothing is served.</summary>
internal static class WatchServer
{
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(2);

    private const int MaxUpgraded = 100; // connections of WebSocket

    private static readonly object ForNg = new(); // marks connections that came to the address of the ng protocol

    /// <summary>The host, without what is served yet: a host without addresses serves nothing.</summary>
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
        if (options.Http is not null || options.NgHttp is not null)
        {
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            {
                Limit(kestrel);
                Listen(kestrel, options.Http);
                Listen(kestrel, options.NgHttp, ForNg);
            });
        }
        else
        {
            builder.WebHost.UseServer(new NoServer());
        }

        return builder;
    }

    /// <param name="relay">Where messages of the ng protocol go; null if none are taken.</param>
    public static void Serve(
        WebApplication app, WatchOptions options, MeterProvider metrics, Answers answers, EventHub hub, NgRelay? relay)
    {
        TokenGate? gate = options.Token is { } token ? new TokenGate(token) : null;
        if (relay is not null)
        {
            NgService ng = new(relay, gate);
            app.UseWebSockets();
            app.Use(next => context => IsForNg(context) ? ng.ServeAsync(context) : next(context));
        }

        if (options.Http is not null)
        {
            ServePage(app, options, metrics, gate, answers, hub);
        }
    }

    /// <summary>The addresses that are listened at, once the host has started, that of the page first; ports may have been left to the system.</summary>
    public static IReadOnlyList<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    private static void ServePage(WebApplication app, WatchOptions options, MeterProvider metrics, TokenGate? gate, Answers answers, EventHub hub)
    {
        Assets assets = new();
        Guard guard = new(options.HostNames, gate, assets);
        Router router = new(assets, answers, new EventStream(answers, hub, app.Lifetime, TimeProvider.System));
        app.Use(next => context => guard.PassAsync(context, next));
        app.UseOpenTelemetryPrometheusScrapingEndpoint(metrics, null, "/metrics", null, null);
        app.Run(router.ServeAsync);
    }

    private static void Listen(KestrelServerOptions kestrel, IPEndPoint? address, object? mark = null)
    {
        if (address is not null)
        {
            kestrel.Listen(address, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (mark is not null)
                {
                    listen.Use(next => connection =>
                    {
                        connection.Items[mark] = mark;
                        return next(connection);
                    });
                }
            });
        }
    }

    private static bool IsForNg(HttpContext context) =>
        context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items.ContainsKey(ForNg);

    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 1_000;
        kestrel.Limits.MaxConcurrentUpgradedConnections = MaxUpgraded;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestLineSize = 16 * 1_024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1_024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(10));
    }
}
