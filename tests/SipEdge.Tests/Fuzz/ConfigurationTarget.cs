using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Tests.Fuzz;

/// <summary>Any bytes as a configuration: settings that can be used, or one line that names a key and what was expected.</summary>
public static class ConfigurationTarget
{
    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        EdgeSettings settings;
        try
        {
            settings = EdgeConfiguration.Parse(data);
        }
        catch (ConfigurationException e)
        {
            e.Key.ShouldNotBeNullOrEmpty();
            e.Message.ShouldNotContain('\n');
            e.Message.ShouldNotContain(".NET");
            return;
        }

        settings.Listen.ShouldNotBeEmpty();
        settings.Listen.ShouldAllBe(listen => listen.Local.Port >= 0);
        settings.Limits.Transactions.ShouldBeGreaterThan(0);
        settings.InProcessRelay.LastRtpPort.ShouldBeGreaterThanOrEqualTo(settings.InProcessRelay.FirstRtpPort);
        if (settings.RelaySets.Count > 0)
        {
            settings.RelaySets.ShouldContain(set => set.Id == settings.Media.Set && set.Nodes.Count > 0);
        }
    }
}
