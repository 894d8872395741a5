using System.Buffers.Binary;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay.Operations;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Playback;

/// <summary>What tests of prompts share: prompts to play and packets with the time they left at.</summary>
internal static class Playing
{
    /// <summary>A prompt of bytes that count up, so that a packet's place in it can be seen.</summary>
    public static byte[] Frames(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)i)];

    /// <summary>Lets time pass in steps of 100 us and notes when each datagram left.</summary>
    public static List<(double Milliseconds, SentDatagram Datagram)> Watch(this VirtualRelay relay, int milliseconds)
    {
        var seen = new List<(double, SentDatagram)>();
        for (int step = 0; step <= milliseconds * 10; step++)
        {
            TimeSpan time = step == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(100);
            seen.AddRange(relay.Advance(time).Select(d => (step / 10.0, d)));
        }

        return seen;
    }

    /// <summary>Begins a command and takes it as far as its first step off the worker, without that step.</summary>
    public static CommandRun BeginUntilOffWorker(this VirtualRelay relay, string line)
    {
        CommandRun run = relay.Control.Begin(System.Text.Encoding.Latin1.GetBytes(line), default, default);
        while (run.Next == OperationPlace.OnWorker)
        {
            run.RunOnWorker(relay.Workers[run.Worker], relay.Now);
        }

        run.Next.ShouldBeOneOf(OperationPlace.OffWorker, OperationPlace.LookingUp);
        return run;
    }

    /// <summary>Takes a command to its end and returns the reply without LF.</summary>
    public static string Finish(this VirtualRelay relay, CommandRun run)
    {
        while (run.Next != OperationPlace.Finished)
        {
            if (run.Next == OperationPlace.OnWorker)
            {
                run.RunOnWorker(relay.Workers[run.Worker], relay.Now);
            }
            else
            {
                run.RunOffWorker();
            }
        }

        return System.Text.Encoding.Latin1.GetString(run.Reply.Span)[..^1];
    }

    public static ushort Sequence(byte[] packet) => BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));

    public static uint Timestamp(byte[] packet) => BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4));

    public static uint Ssrc(byte[] packet) => BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(8));

    public static bool Marker(byte[] packet) => packet[1] >= 0x80;
}
