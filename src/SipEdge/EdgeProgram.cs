using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RtpProxy.Hosting;
using RtpProxy.Lines;
using RtpProxy.SipEdge.Configuration;
using RtpProxy.SipEdge.Hosting;
using RtpProxy.SipEdge.Proxy;

namespace RtpProxy.SipEdge;

/// <summary>The command line of <c>sipedge</c>, and its signals.</summary>
internal sealed class EdgeProgram(IRelayHost host, TimeProvider time, TextWriter output, TextWriter errors)
{
    /// <summary>It ended on SIGTERM or SIGINT, or the configuration is good.</summary>
    public const int Ok = 0;

    /// <summary>It could not start.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    private const string Help =
        """
        usage: sipedge [--check] CONFIG
               sipedge --help | --version
          CONFIG       the configuration, one JSON file; read again on SIGHUP
              --check      say whether the configuration is good, and end
          -?, -h, --help   this text
              --version    the version
        """;

    private static readonly string Version =
        $"sipedge {typeof(EdgeProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    public async Task<int> RunAsync(string[] arguments)
    {
        bool check = arguments.Contains("--check");
        string[] rest = [.. arguments.Where(argument => argument != "--check")];
        if (rest is ["--help" or "-h" or "-?"])
        {
            await output.WriteLineAsync(Help).ConfigureAwait(false);
            return Ok;
        }

        if (rest is ["--version"])
        {
            await output.WriteLineAsync(Version).ConfigureAwait(false);
            return Ok;
        }

        if (Explain(rest) is { } fault)
        {
            await errors.WriteLineAsync($"sipedge: {PeerText.OneLine(fault)}; try sipedge --help").ConfigureAwait(false);
            return Usage;
        }

        string path = rest[0];
        EdgeSettings settings;
        try
        {
            settings = EdgeConfiguration.Load(path);
        }
        catch (ConfigurationException e)
        {
            await errors.WriteLineAsync($"sipedge: {PeerText.OneLine(path)}: {e.Message}").ConfigureAwait(false);
            return Usage;
        }

        if (check)
        {
            await output.WriteLineAsync($"{path}: good").ConfigureAwait(false);
            return Ok;
        }

        return await ServeAsync(path, settings).ConfigureAwait(false);
    }

    /// <returns>What is wrong with arguments that are not one file.</returns>
    private static string? Explain(string[] arguments) => arguments switch
    {
        _ when arguments.FirstOrDefault(argument => argument.StartsWith('-')) is { } option => option is "--help" or "-h" or "-?" or "--version"
            ? $"'{option}' stands alone"
            : $"there is no option '{option}', expected --check, --help or --version",
        [""] => "the name of the configuration file is empty",
        [_] => null,
        [] => "expected a configuration file",
        _ => $"expected one configuration file, not {arguments.Length}",
    };

    private async Task<int> ServeAsync(string path, EdgeSettings settings)
    {
        ThreadPool.SetMinThreads(Environment.ProcessorCount + TargetResolver.MaxLookUps, Environment.ProcessorCount);
        var target = new ErrorLog(settings.LogLevel, errors, time);
        await using ConfiguredAsyncDisposable written = target.ConfigureAwait(false);
        var logger = new BoundedLog(target, time);
        WarnOfReaders(path, settings, logger);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, () => ended.TrySetResult("SIGTERM"));
        using PosixSignalRegistration interrupt = OnSignal(PosixSignal.SIGINT, () => ended.TrySetResult("SIGINT"));
        EdgeServer? running = null;
        using PosixSignalRegistration hangUp = OnSignal(PosixSignal.SIGHUP, () =>
        {
            if (Volatile.Read(ref running) is { } present)
            {
                _ = ReloadAsync(present, path, logger);
            }
        });
        EdgeServer server;
        try
        {
            server = await EdgeServer.StartAsync(settings, host, time, logger, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ConfigurationException or IOException)
        {
            await errors.WriteLineAsync($"sipedge: {e.Message}").ConfigureAwait(false);
            return Failed;
        }

        await using (server.ConfigureAwait(false))
        {
            Volatile.Write(ref running, server);
            await KeepMemorySmallAsync(server, ended.Task).ConfigureAwait(false);
            Log.Ending(logger, await ended.Task.ConfigureAwait(false));
        }

        return Ok;
    }

    // A flood of large requests leaves hundreds of megabytes, which nobody collects where nothing more is allocated.
    private async Task KeepMemorySmallAsync(EdgeServer server, Task ended)
    {
        var memory = MemoryReturn.OfProcess(
            () => server.TransactionCount, () => server.TransactionCount == 0 ? server.PacketRate : long.MaxValue);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        Task<bool> tick = timer.WaitForNextTickAsync().AsTask();
        while (await Task.WhenAny(tick, ended).ConfigureAwait(false) == tick)
        {
            memory.OnSecond();
            tick = timer.WaitForNextTickAsync().AsTask();
        }
    }

    private static async Task ReloadAsync(EdgeServer server, string path, BoundedLog logger)
    {
        try
        {
            EdgeSettings settings = EdgeConfiguration.Load(path);
            WarnOfReaders(path, settings, logger);
            await server.ReloadAsync(settings, CancellationToken.None).ConfigureAwait(false);
            Log.Reloaded(logger, path);
        }
        catch (Exception e)
        {
            // Whatever it was: calls are up, and the present configuration serves them.
            Log.ReloadFailed(logger, e.Message);
        }
    }

    private static void WarnOfReaders(string path, EdgeSettings settings, BoundedLog logger)
    {
        bool isSecret = settings.Secret is not null || settings.Authentication is { Users.Count: > 0 };
        try
        {
            if (isSecret && OperatingSystem.IsLinux() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead))
            {
                Log.ReadableByAll(logger, path);
            }
        }
        catch (IOException)
        {
            // Gone since it was read: nobody reads it.
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, Action act) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true; // We end, or go on, by ourselves.
            act();
        });
}
