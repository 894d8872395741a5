using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Operations;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Recording;

/// <summary>
/// Recordings begun, stopped and deleted in any order, while files of earlier commands are still being opened: in the end each
/// party is recorded if the last command about it said so, and no file stays open that nobody writes to.
/// </summary>
public sealed class RandomRecordings
{
    private const int Steps = 400;

    private static readonly string[] Parties = ["alice bob", "bob alice"];

    public static TheoryData<int, bool, bool, int> Runs()
    {
        var runs = new TheoryData<int, bool, bool, int>();
        for (int seed = 1; seed <= 8; seed++)
        {
            runs.Add(seed, false, false, 1);
            runs.Add(seed, true, false, 3);
            runs.Add(seed, true, true, 1);
        }

        return runs;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void The_last_word_about_a_party_counts(int seed, bool pcap, bool shared, int workers)
    {
        var relay = new VirtualRelay(new RelayOptions { RecordPcap = pcap }, workers);
        var random = new Random(seed);
        var underWay = new List<(CommandRun Run, bool MayFail)>();
        bool[] wanted = new bool[2];
        _ = new Call(relay);
        var history = new List<string>();
        int sequence = 0;
        for (int step = 0; step < Steps; step++)
        {
            int party = random.Next(2);
            switch (random.Next(10))
            {
                case < 3:
                    string record = random.Next(4) == 0
                        ? $"C{(shared ? "s" : "")} call name{party} {Parties[party]}"
                        : $"R{(shared ? "s" : "")} call {Parties[party]}";
                    history.Add(record);
                    bool isRefused = shared && wanted[party];
                    Begin(record, isRefused);
                    wanted[party] = true;
                    break;
                case < 5:
                    history.Add($"N call {Parties[party]}");
                    relay.Command($"N call {Parties[party]}").ShouldBe(wanted[party] ? "0" : "E50", History());
                    wanted[party] = false;
                    break;
                case 5:
                    history.Add("Na");
                    relay.Command($"Na call {Parties[party]}").ShouldBe(wanted[0] || wanted[1] ? "0" : "E50", History());
                    wanted = [false, false];
                    break;
                case 6 when random.Next(6) == 0:
                    history.Add("D");
                    relay.Command("D call alice").ShouldBe("0");
                    wanted = [false, false];
                    FinishAll(sessionIsGone: true);
                    relay.Recordings.Files.Values.ShouldAllBe(f => f.IsClosed, History());
                    _ = new Call(relay);
                    break;
                case < 9 when underWay.Count > 0:
                    Advance(random.Next(underWay.Count), sessionIsGone: false);
                    break;
                default:
                    FinishAll(sessionIsGone: false);
                    Check();
                    break;
            }
        }

        void Begin(string line, bool isRefused)
        {
            CommandRun run = relay.Control.Begin(System.Text.Encoding.Latin1.GetBytes(line), default, default);
            run.RunOnWorker(relay.Workers[run.Worker], relay.Now);
            if (run.Next == OperationPlace.Finished)
            {
                Judge(run, isRefused);
            }
            else
            {
                isRefused.ShouldBeFalse(History());
                underWay.Add((run, false));
            }
        }

        void Advance(int index, bool sessionIsGone)
        {
            (CommandRun run, _) = underWay[index];
            history.Add($"  step of {index}");
            if (run.Next == OperationPlace.OffWorker)
            {
                run.RunOffWorker();
            }
            else
            {
                run.RunOnWorker(relay.Workers[run.Worker], relay.Now);
            }

            if (run.Next == OperationPlace.Finished)
            {
                underWay.RemoveAt(index);
                Judge(run, isRefused: sessionIsGone);
            }
        }

        void FinishAll(bool sessionIsGone)
        {
            while (underWay.Count > 0)
            {
                Advance(random.Next(underWay.Count), sessionIsGone);
            }
        }

        void Judge(CommandRun run, bool isRefused) =>
            (run.Reply.Span[0] == (byte)'E').ShouldBe(isRefused, History());

        void Check()
        {
            for (int i = 0; i < 2; i++)
            {
                IsRecorded(i).ShouldBe(wanted[i], $"{Parties[i]}\n{History()}");
            }

            int open = relay.Recordings.Files.Values.Count(f => !f.IsClosed);
            int parties = wanted.Count(w => w);
            open.ShouldBe(shared ? Math.Min(parties, 1) : 2 * parties, History());
        }

        bool IsRecorded(int party)
        {
            int before = relay.Recordings.Files.Values.Sum(f => f.IsClosed ? 0 : f.Length);
            (string tags, var source) = party == 0 ? ("call 198.51.100.20 50000 alice bob", Call.Alice) : ("call 192.0.2.10 40000 bob alice", Call.Bob);
            relay.Receive(source, relay.Port($"L {tags}"), RtpBytes.Rtp(++sequence, ssrc: (uint)(7 + party))).ShouldHaveSingleItem();
            return relay.Recordings.Files.Values.Sum(f => f.IsClosed ? 0 : f.Length) > before;
        }

        string History() => string.Join('\n', history.TakeLast(25));
    }
}
