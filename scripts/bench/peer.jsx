// The peer: the same graph, drawn by React Flow and laid out by dagre, as their own example does it.

import "@xyflow/react/dist/style.css";

import dagre from "@dagrejs/dagre";
import { Background, Controls, Handle, Position, ReactFlow } from "@xyflow/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";

const size = { width: 220, height: 84 };

function layOut({ repositories }) {
  const graph = new dagre.graphlib.Graph().setDefaultEdgeLabel(() => ({}));
  graph.setGraph({ rankdir: "LR" });
  const edges = repositories.flatMap(({ name, upstreams }) =>
    upstreams.map((upstream) => ({ id: `${upstream}>${name}`, source: upstream, target: name })),
  );
  for (const { name } of repositories) graph.setNode(name, { ...size });
  for (const { source, target } of edges) graph.setEdge(source, target);
  dagre.layout(graph);
  const nodes = repositories.map((repository) => {
    const { x, y } = graph.node(repository.name);
    const position = { x: x - size.width / 2, y: y - size.height / 2 };
    return { id: repository.name, type: "repository", position, data: repository };
  });
  return { nodes, edges };
}

function Card({ data }) {
  return (
    <div style={{ ...size, border: "1px solid #999", borderRadius: 6, padding: 8, background: "#fff" }}>
      <Handle type="target" position={Position.Left} />
      <strong>{data.name}</strong>
      <div>{data.description}</div>
      <Handle type="source" position={Position.Right} />
    </div>
  );
}

const nodeTypes = { repository: Card };

function App({ map }) {
  const [graph, setGraph] = useState(null);
  const show = () => {
    performance.mark("click");
    setGraph(layOut(map));
    const wait = () =>
      document.querySelectorAll(".react-flow__node").length === map.repositories.length
        ? requestAnimationFrame(() => requestAnimationFrame(() => performance.measure("map", "click")))
        : requestAnimationFrame(wait);
    requestAnimationFrame(wait);
  };
  if (!graph) return <button onClick={show}>show the map</button>;
  return (
    <div style={{ width: "100vw", height: "100vh" }}>
      <ReactFlow defaultNodes={graph.nodes} defaultEdges={graph.edges} nodeTypes={nodeTypes} minZoom={0.02} fitView>
        <Background />
        <Controls />
      </ReactFlow>
    </div>
  );
}

const map = await (await fetch("graph.json")).json();
createRoot(document.getElementById("root")).render(<App map={map} />);
