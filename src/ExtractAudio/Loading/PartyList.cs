using RtpProxy.ExtractAudio.Survey;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// Tells the parties of both recordings apart. A recording is of one party, whatever ports it moved to; the streams that a
/// capture holds side by side are one each. Who is in both files is one party.
/// </summary>
internal sealed class PartyList
{
    private readonly Dictionary<Flow, Party> _byFlow = [];
    private int _count;

    /// <summary>Takes in a file, before its packets are loaded.</summary>
    /// <returns>The party of packets whose addresses are not listed.</returns>
    public Party Add(RecordingSurvey survey)
    {
        Party rest = survey.Flows.Flows.Select(facts => Find(facts.Flow)).FirstOrDefault(known => known is not null)
            ?? new Party(_count++);
        foreach (FlowFacts facts in survey.Flows.Flows)
        {
            bool isOwn = survey.IsCapture && survey.Flows.AreParallel;
            _byFlow.TryAdd(facts.Flow, isOwn ? new Party(_count++) : rest);
        }

        return rest;
    }

    public Party? Find(Flow flow) => _byFlow.TryGetValue(flow, out Party party) ? party : null;
}
