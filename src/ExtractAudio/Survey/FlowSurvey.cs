using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Survey;

/// <summary>
/// Learns which streams of audio a capture holds. A recording has one, whose sender may move to another port; a capture may
/// have several at the same time, which are then kept apart by their addresses.
/// </summary>
internal sealed class FlowSurvey
{
    public const int MaxFlows = 1_024;

    private const int Stragglers = 5; // packets that may still come from the port that was left
    private const int MaxSources = 1_024;

    private readonly Dictionary<Flow, FlowFacts> _byFlow = [];
    private readonly List<FlowFacts> _flows = [];
    private readonly Dictionary<Ssrc, LatestOfSource> _recent = [];
    private int _returns;

    /// <summary>By their first packets.</summary>
    public IReadOnlyList<FlowFacts> Flows => _flows;

    /// <summary>Several streams go on side by side.</summary>
    public bool AreParallel => _returns > Stragglers;

    /// <summary>Takes note of one packet with audio, in the order of the file.</summary>
    public void Add(Flow flow, in RtpPacket packet)
    {
        if (!_byFlow.TryGetValue(flow, out FlowFacts? facts))
        {
            if (_flows.Count == MaxFlows)
            {
                return;
            }

            facts = new FlowFacts(flow, packet.Ssrc);
            _byFlow.Add(flow, facts);
            _flows.Add(facts);
        }

        facts.Packets++;
        _returns += facts == _flows[^1] ? 0 : 1;
        facts.Copies += IsCopy(flow, packet) ? 1 : 0;
    }

    public FlowFacts? Find(Flow flow) => _byFlow.GetValueOrDefault(flow);

    private bool IsCopy(Flow flow, in RtpPacket packet)
    {
        if (!_recent.TryGetValue(packet.Ssrc, out LatestOfSource? recent))
        {
            if (_recent.Count == MaxSources)
            {
                return false;
            }

            recent = new LatestOfSource(flow);
            _recent.Add(packet.Ssrc, recent);
        }

        if (recent.Flow == flow)
        {
            recent.Add(packet);
            return false;
        }

        return recent.Holds(packet);
    }
}
