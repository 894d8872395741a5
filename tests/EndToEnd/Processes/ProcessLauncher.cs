using System.Collections.Concurrent;
using System.Diagnostics;

namespace RtpProxy.EndToEnd.Processes;

/// <summary>Starts processes on one thread that lives as long as the test run.</summary>
/// <remarks>
/// The parent-death signal (prctl(2), PR_SET_PDEATHSIG) comes when the <em>thread</em> that forked ends, not when its
/// process does: a child started by a pool thread would be killed when the pool lets that thread go.
/// </remarks>
internal sealed class ProcessLauncher
{
    private readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> _requests = [];

    private ProcessLauncher() =>
        new Thread(Run) { IsBackground = true, Name = "process launcher" }.Start();

    public static ProcessLauncher Instance { get; } = new();

    public Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Add((info, started));
        return started.Task;
    }

    private void Run()
    {
        foreach ((ProcessStartInfo info, TaskCompletionSource<Process> started) in _requests.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info) ?? throw new InvalidOperationException("no process started"));
            }
            catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                started.SetException(e);
            }
        }
    }
}
