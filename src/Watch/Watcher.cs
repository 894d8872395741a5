using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using RtpProxy.Watch.CommandLine;
using RtpProxy.Watch.Http;
using RtpProxy.Watch.Live;
using RtpProxy.Watch.Metrics;
using RtpProxy.Watch.Ng;
using RtpProxy.Watch.Nodes;

namespace RtpProxy.Watch;

/// <summary>The whole program, wired together by hand.</summary>
internal sealed class Watcher(WatchOptions options)
{
    private const int FailureStatus = 1;

    /// <summary>Until a signal ends it, or until the last inherited connection is closed.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        WebApplicationBuilder builder = WatchServer.CreateBuilder(options);
        await using WebApplication app = builder.Build();
        ILoggerFactory loggers = app.Services.GetRequiredService<ILoggerFactory>();
        ILogger logger = loggers.CreateLogger<Watcher>();
        EventHub hub = new(TimeProvider.System);
        Dictionary<Node, NodeMetrics> exported = [];
        Node[] nodes = [.. options.Nodes.Select(address => new Node(address, TimeProvider.System, loggers.CreateLogger<Node>())
        {
            OnEvent = hub.Publish,
            OnCounters = (node, counters) => exported[node].Take(counters),
        })];
        using MeterProvider metrics = MetricsExport.Create(options);
        foreach (Node node in nodes)
        {
            exported[node] = new NodeMetrics(node, () => hub.Lost, loggers.CreateLogger<NodeMetrics>());
        }

        using NgRelay? relay = options.NgRelay is { } address ? new NgRelay(address) : null;
        if (options.IsServing)
        {
            WatchServer.Serve(app, options, metrics, new Answers(nodes, TimeProvider.System), hub, relay);
        }

        try
        {
            await app.StartAsync(stop);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await Console.Error.WriteLineAsync($"rtpproxywatch: {WhatCannotListen(e)}: {ListenFault.Explain(e)}");
            return FailureStatus;
        }

        TellAddresses(app, logger);

        await AttendAsync(app, nodes);
        foreach (NodeMetrics node in exported.Values)
        {
            node.Dispose();
        }

        return 0;
    }

    private string WhatCannotListen(Exception fault)
    {
        string[] addresses = [.. new[] { ("--http", options.Http), ("--ng-http", options.NgHttp) }
            .Where(asked => asked.Item2 is not null)
            .Select(asked => $"{asked.Item1} {asked.Item2}")];
        string[] named = [.. addresses.Where(asked => fault.Message.Contains(asked[(asked.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal))];
        return string.Join(" or ", named.Length > 0 ? named : addresses);
    }

    private void TellAddresses(WebApplication app, ILogger logger)
    {
        Queue<string> addresses = new(WatchServer.Addresses(app));
        if (options.Http is not null)
        {
            logger.Listening(addresses.Dequeue());
        }

        if (options.NgHttp is not null)
        {
            logger.ListeningForNg(addresses.Dequeue(), options.NgRelay!);
        }
    }

    private static async Task AttendAsync(WebApplication app, IReadOnlyList<Node> nodes)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(app.Lifetime.ApplicationStopping);
        Task[] each = [.. nodes.Select(node => Task.Run(() => node.RunAsync(ending.Token)))];
        Task attending = Task.WhenAll(each);
        foreach (Task node in each)
        {
            // A fault of ours ends the program, and is seen: it does not leave a relay unwatched.
            _ = node.ContinueWith(
                _ => app.Lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        Task ended = app.WaitForShutdownAsync();
        await Task.WhenAny(attending, ended);
        if (!ended.IsCompleted)
        {
            // Every relay that was here by an inherited connection has closed it.
            app.Lifetime.StopApplication();
        }

        await ended;
        await attending;
    }
}
