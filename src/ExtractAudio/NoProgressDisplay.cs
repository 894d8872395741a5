namespace RtpProxy.ExtractAudio;

/// <summary>Shows nothing, where nobody is looking.</summary>
internal sealed class NoProgressDisplay : IProgressDisplay
{
    public void Run(string title, long total, Action<Action<long>> stage) => stage(static _ => { });
}
