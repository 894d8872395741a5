using RtpProxy.Daemon.Keeping;
using RtpProxy.Io.Posix.Keeping;

namespace RtpProxy.Daemon.Tests.Keeping;

/// <summary>A keeper in virtual time.</summary>
internal sealed class SuccessionScene
{
    public SuccessionScene() => Keeper = new Succession(Hands);

    public RecordedHands Hands { get; } = new();

    public Succession Keeper { get; }

    public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

    public static SuccessionScene Running(int workers = 2)
    {
        SuccessionScene scene = new();
        scene.Keeper.Start(scene.Now);
        scene.Say(1, new RelayMessage.Ready(workers, "one"));
        scene.Say(1, new RelayMessage.Running());
        scene.Wait(TimeSpan.FromSeconds(1));
        scene.Hands.Take();
        scene.Hands.News.Clear();
        return scene;
    }

    public string Say(int relay, RelayMessage message)
    {
        Keeper.OnMessage(relay, message, Now);
        return Hands.Take();
    }

    public string End(int relay, int status)
    {
        Keeper.OnEnded(relay, status, Now);
        return Hands.Take();
    }

    public string Upgrade()
    {
        Keeper.Upgrade(Now);
        return Hands.Take();
    }

    public string Stop(int signal = 15)
    {
        Keeper.Stop(signal, Now);
        return Hands.Take();
    }

    public string Drain()
    {
        Keeper.Drain();
        return Hands.Take();
    }

    /// <summary>Time goes by, and the keeper is asked whenever it wants to be.</summary>
    public string Wait(TimeSpan time)
    {
        TimeSpan end = Now + time;
        while (Keeper.NextDeadline <= end)
        {
            Now = Keeper.NextDeadline.Value;
            Keeper.OnTime(Now);
        }

        Now = end;
        Keeper.OnTime(Now);
        return Hands.Take();
    }
}
