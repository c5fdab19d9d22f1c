"""`atalaia bench`: the project's own benchmarks."""

import argparse


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = subparsers.add_parser(
        "bench",
        help="measure Atalaia, beside its peers where they are installed",
        description="Runs a benchmark on this machine and prints a table, never a verdict.",
    )
    parser.add_argument(
        "what",
        choices=("verify", "plugins", "simulate"),
        help="verify: a large configuration; plugins: real plugins; simulate: a day in virtual time",
    )
    parser.add_argument("--services", type=int, metavar="N", help="default: 100000 for verify, else 1000")
    parser.add_argument(
        "--repetitions", type=int, default=3, metavar="N", help="verify and simulate: default 3"
    )
    parser.add_argument("--interval", type=int, default=10, metavar="SECONDS", help="plugins: default 10")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="SECONDS", help="plugins: default 60")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the benchmark's table."""
    from atalaia.bench.plugins import bench_plugins
    from atalaia.bench.simulate import bench_simulate
    from atalaia.bench.verify import bench_verify

    if args.what == "verify":
        print(bench_verify(args.services or 100_000, args.repetitions))
    elif args.what == "simulate":
        print(bench_simulate(args.services or 1000, args.repetitions))
    else:
        print(bench_plugins(args.services or 1000, args.interval, args.seconds))
    return 0
